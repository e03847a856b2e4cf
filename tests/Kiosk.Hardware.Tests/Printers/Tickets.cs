using Kiosk.Hardware.Printers;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>One ticket in three languages, as the appliance prints it.</summary>
internal static class Tickets
{
    public static Slip SimplifiedChinese { get; } = Ticket("中心营业厅", "套餐变更", "您前面有 5 人", "请留意叫号，过号请到咨询台。");

    public static Slip TraditionalChinese { get; } = Ticket("中心門市", "資費變更", "您前面有 5 人", "請留意叫號，過號請到服務臺。");

    public static Slip English { get; } = Ticket("Central Hall", "Change of plan", "5 people ahead of you", "Please watch the screens. If you miss your call, go to the information desk.");

    private static Slip Ticket(string hall, string service, string ahead, string advice) => new(
        new SlipElement.Text(hall, SlipAlign.Centre, Width: 2, Height: 2),
        new SlipElement.Rule(),
        new SlipElement.Text("C007", SlipAlign.Centre, Width: 4, Height: 4, Bold: true),
        new SlipElement.Text(service, SlipAlign.Centre, Bold: true, Inverse: true),
        new SlipElement.Feed(),
        new SlipElement.Pair(ahead, "2026-01-05 08:15"),
        new SlipElement.Text(advice),
        new SlipElement.Qr("https://hall.example/ticket/C007", 5));
}
