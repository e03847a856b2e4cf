using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Postings;

namespace Kiosk.Firmware.Payments.Billers;

internal static class BillerServices
{
    /// <summary>The billers of the profile, and the demo server for those that are emulated. Adds <see cref="BillerSet"/>, empty where the hall has no terminal.</summary>
    /// <param name="folder">In which the profile lies.</param>
    /// <param name="data">The data directory.</param>
    public static IServiceCollection AddBillers(this IServiceCollection services, PaymentsProfile? payments, string folder, string data)
    {
        services.AddSingleton(all => new BillerSet(payments, folder, data, all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILoggerFactory>()));
        return services.AddHostedService(all => all.GetRequiredService<BillerSet>());
    }

    /// <summary>Posts what was paid. Needs an <see cref="IPostingQueue"/> among the services.</summary>
    public static IServiceCollection AddPostings(this IServiceCollection services) =>
        services
            .AddSingleton(all => new PostingWorker(
                () => all.GetRequiredService<BillerSet>().All, all.GetRequiredService<IPostingQueue>(), all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<PostingWorker>>()))
            .AddHostedService(all => all.GetRequiredService<PostingWorker>());
}
