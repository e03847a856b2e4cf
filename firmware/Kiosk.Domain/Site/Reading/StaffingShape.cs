using static Kiosk.Domain.Site.Reading.ValueRule;

namespace Kiosk.Domain.Site.Reading;

/// <summary>The shape of <c>staffing</c> in <c>hall.json</c>.</summary>
internal static class StaffingShape
{
    public static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static Members Of(Text id)
    {
        var span = new Members(
            ProfileShape.Must("span", new Text("^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", 11, "a span as 08:30-18:00; 24:00 is the end of the day")),
            ProfileShape.Must("counters", new Whole(0, 99)),
            ProfileShape.May("service", id));
        var spans = new List(span, 0, 24, "spans with their counters");
        return new(
            ProfileShape.May("sharePercent", new Whole(50, 99)),
            ProfileShape.May("minimum", new Whole(1, 99)),
            ProfileShape.May("monthStartDays", new Whole(0, 10)),
            ProfileShape.May("roster", new Members([.. Days.Select(day => ProfileShape.May(day, spans))])));
    }
}
