namespace Kiosk.Firmware.Forecasts;

internal static class ForecastServices
{
    public static IServiceCollection AddForecasts(this IServiceCollection services) => services
        .AddSingleton<ForecastDesk>()
        .AddHostedService<ForecastKeeper>();
}
