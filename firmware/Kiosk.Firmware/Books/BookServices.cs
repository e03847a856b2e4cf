namespace Kiosk.Firmware.Books;

internal static class BookServices
{
    /// <summary>The day's books, the checks before opening and after closing, and the watch over devices.</summary>
    public static IServiceCollection AddHallBooks(this IServiceCollection services)
    {
        services.AddSingleton<BookKeeper>().AddSingleton<IAppointments>(all => all.GetRequiredService<BookKeeper>());
        services.AddHostedService(all => all.GetRequiredService<BookKeeper>());
        services.AddSingleton<BookWriter>().AddSingleton<SuggestionPace>().AddSingleton<HallTest>();
        services.AddSingleton<DayChecks>().AddHostedService(all => all.GetRequiredService<DayChecks>());
        services.AddHostedService<HallDescriber>().AddHostedService<FaultWatcher>().AddHostedService<FeedbackClock>();
        return services;
    }
}
