using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Card;
using Kiosk.Firmware.Payments.Cash;
using Kiosk.Firmware.Payments.Postings;

namespace Kiosk.Firmware.Payments;

internal static class PaymentServices
{
    /// <summary>The self-service terminal. Before the devices: hosted services stop in the opposite order, and what a device says last is still heard.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services, HallProfile profile, string folder, string data)
    {
        services.AddBillers(profile.Payments, folder, data);
        services.AddSingleton<LedgerDoor>().AddSingleton<IPostingQueue, PostingQueue>().AddPostings();
        services.AddSingleton<CardDesk>().AddSingleton<CashAttendant>();
        services.AddSingleton<IDeviceAttendant, CardAttendant>().AddSingleton<IDeviceAttendant>(all => all.GetRequiredService<CashAttendant>());
        services.AddSingleton<IPaymentDesk, PaymentDesk>();
        if (profile.Payments is not null) services.AddSingleton<SettlementLayout>().AddSingleton<IMoneyOffice, MoneyOffice>();
        return services.AddHostedService<PaymentKeeper>();
    }
}
