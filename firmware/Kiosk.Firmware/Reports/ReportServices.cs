using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Journal;

namespace Kiosk.Firmware.Reports;

internal static class ReportServices
{
    public static IServiceCollection AddHallReports(this IServiceCollection services) => services
        .AddSingleton(all => new ReportShelf(
            all.GetRequiredService<IJournal>(), all.GetRequiredService<IArchive>(), () => ReportTerms.Of(all.GetRequiredService<HallProfile>()), all.GetRequiredService<TimeProvider>()))
        .AddSingleton<DiskWatch>().AddHostedService(all => all.GetRequiredService<DiskWatch>())
        .AddHostedService<ReportKeeper>();
}
