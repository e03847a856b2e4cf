using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Kiosk.Hardware.Announcers;

/// <summary>Times of day at which nothing is said, as a noon rest or a neighbour's night.</summary>
/// <param name="Spans">Hall time; one that ends before it begins goes on past midnight.</param>
internal sealed record QuietHours(ImmutableArray<(TimeOnly From, TimeOnly Until)> Spans)
{
    private const string Allowed = "must be a list of spans of time as [\"12:00-13:30\"]";

    public bool At(DateTimeOffset now, TimeZoneInfo zone)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Spans.Any(span => span.From < span.Until ? time >= span.From && time < span.Until : time >= span.From || time < span.Until);
    }

    public static QuietHours Read(OptionReader options, string name)
    {
        if (options.Raw(name) is not { } given) return new([]);
        if (given.ValueKind != JsonValueKind.Array)
        {
            options.Refuse(name, Allowed);
            return new([]);
        }

        var spans = ImmutableArray.CreateBuilder<(TimeOnly, TimeOnly)>();
        foreach (var (span, index) in given.EnumerateArray().Select((span, index) => (span, index)))
        {
            if (span.ValueKind == JsonValueKind.String && Span(span.GetString()!) is { } read) spans.Add(read);
            else options.Refuse($"{name}[{index}]", "must be two different times of day as \"12:00-13:30\"");
        }

        return new(spans.ToImmutable());
    }

    private static (TimeOnly, TimeOnly)? Span(string text) =>
        text.Split('-') is [var from, var until] && Time(from) is { } first && Time(until) is { } last && first != last ? (first, last) : null;

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
