using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Hardware.Printers;
using static Kiosk.Hardware.Printers.SlipElement;

namespace Kiosk.Firmware.Effects;

/// <summary>What stands on a ticket.</summary>
/// <param name="PublicUrl">Where the customer's phone reaches this host; null: no address is printed.</param>
internal sealed record TicketLayout(HallProfile Profile, Uri? PublicUrl)
{
    /// <summary>Null where the hall no longer knows the ticket.</summary>
    public Slip? Compose(HallState hall, SlipId id)
    {
        if (!hall.Tickets.TryGetValue(id.Ticket, out var ticket)) return null;

        var words = TicketWords.In(ticket.Language);
        var service = Profile.Service(ticket.Service)?.Name.In(ticket.Language) ?? ticket.Service.Value;
        var issued = TimeZoneInfo.ConvertTime(ticket.IssuedAt, Profile.TimeZone);
        return new Slip(
        [
            new Text(Profile.Name.In(ticket.Language), SlipAlign.Centre, Bold: true),
            .. id.Copy > 0 ? [new Text($" {words.Copy} {id.Copy} ", SlipAlign.Centre, Inverse: true)] : Array.Empty<SlipElement>(),
            new Rule(),
            new Text(service, SlipAlign.Centre, 2, 2),
            new Feed(),
            new Text(ticket.Number.ToString(), SlipAlign.Centre, 5, 5, Bold: true),
            new Feed(),
            new Pair(words.Ahead, ticket.Ahead.ToString(CultureInfo.InvariantCulture)),
            new Pair(words.Issued, issued.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            new Rule(),
            .. PublicUrl is null ? Array.Empty<SlipElement>() :
            [
                new Qr(new Uri(PublicUrl, $"/ticket/{ticket.Id}").ToString()),
                new Text(words.Scan, SlipAlign.Centre),
            ],
            new Text(words.Listen, SlipAlign.Centre),
        ]);
    }
}

/// <summary>The words of a ticket in one language.</summary>
internal sealed record TicketWords(string Ahead, string Issued, string Scan, string Listen, string Copy)
{
    private static readonly Dictionary<string, TicketWords> ByLanguage = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zh-CN"] = new("前面等候人数", "取号时间", "扫码查看排队进度", "请留意叫号，过号请咨询引导员", "补打"),
        ["zh-TW"] = new("前面等候人數", "取號時間", "掃碼查看排隊進度", "請留意叫號，過號請洽引導員", "補印"),
        ["en"] = new("People ahead of you", "Issued", "Scan to follow your place in line", "Please watch for your number", "COPY"),
    };

    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    public static TicketWords In(string language) => ByLanguage.GetValueOrDefault(language) ?? ByLanguage["en"];
}
