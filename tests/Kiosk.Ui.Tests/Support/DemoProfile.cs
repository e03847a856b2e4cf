using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Ui.Tests.Support;

/// <summary>A telecom business hall: five services, six counters, three languages.</summary>
internal static class DemoProfile
{
    public static HallProfile Hall { get; } = new(
        "demo",
        Texts.Of(("zh-CN", "中心营业厅"), ("zh-TW", "中心門市"), ("en", "Central Service Hall")),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        ["zh-CN", "zh-TW", "en"],
        [
            Service("bill", 'A', "缴费", "繳費", "Bill payment"),
            Service("number", 'B', "新号开户", "新號申辦", "New number"),
            Service("plan", 'C', "套餐变更", "資費變更", "Change of plan"),
            Service("complaint", 'D', "投诉受理", "申訴受理", "Complaints"),
            Service("vip", 'V', "贵宾服务", "貴賓服務", "VIP service", limit: 3),
        ],
        [
            Counter(1, "bill", "plan"), Counter(2, "bill", "plan"), Counter(3, "bill", "number", "plan"),
            Counter(4, "number", "plan"), Counter(5, "complaint", "bill"), new(new(6), CounterKind.Vip, [new("vip"), new("bill")]),
        ],
        new(Enum.GetValues<DayOfWeek>().ToImmutableDictionary(day => day, Hours)),
        [],
        new(false, null, 1883, null, null),
        new(DayOpening.Automatic, TimeSpan.FromMinutes(15), new(4, 0)),
        new Uri("http://hall.example/"));

    private static ServiceProfile Service(string id, char letter, string mainland, string taiwan, string english, int limit = 900) =>
        new(new(id), letter, Texts.Of(("zh-CN", mainland), ("zh-TW", taiwan), ("en", english)), TimeSpan.FromMinutes(10), limit);

    private static CounterProfile Counter(int number, params string[] services) => new(new(number), CounterKind.Normal, [.. services.Select(id => new ServiceId(id))]);

    private static ImmutableArray<OpenSpan> Hours(DayOfWeek day) => day switch
    {
        DayOfWeek.Sunday => [],
        DayOfWeek.Saturday => [new(new(9, 0), new(17, 0))],
        _ => [new(new(8, 30), new(18, 0))],
    };
}
