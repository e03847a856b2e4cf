using static Kiosk.Domain.Site.Reading.ProfileShape;
using static Kiosk.Domain.Site.Reading.ValueRule;

namespace Kiosk.Domain.Site.Reading;

/// <summary>The shape of one plan of <c>surge</c>.</summary>
internal static class SurgeShape
{
    /// <summary>More people than stand in a hall.</summary>
    private const int MostWaiting = 999;

    /// <remarks>Nothing here is a field: ProfileShape is made with it, and must not wait for itself.</remarks>
    public static Members Of(Text id, ByLanguage texts)
    {
        var size = new Members(
            Must("from", new Whole(1, 99)),
            Must("to", new Whole(1, 99)));
        var counters = new List(new Whole(1, 99), 0, 99, "numbers of counters");

        var group = new Members(
            Must("id", id),
            Must("name", texts),
            May("size", size),
            May("counters", counters));

        var reserve = new Members(
            May("id", id),
            May("name", texts),
            May("size", size),
            May("counters", counters),
            May("threshold", new Whole(0, MostWaiting)),
            May("mode", new Choice("after-groups", "independent")));

        return new(
            May("id", id),
            May("services", new List(id, 1, 26, "ids of services", Distinct: true)),
            May("threshold", new Whole(0, MostWaiting)),
            May("holdMinutes", new Whole(1, 120)),
            May("releaseMinutes", new Whole(1, 120)),
            May("groups", new List(group, 1, 8, "groups")),
            May("reserve", reserve));
    }
}
