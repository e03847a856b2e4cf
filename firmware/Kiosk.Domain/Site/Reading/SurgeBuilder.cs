using System.Collections.Immutable;
using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Domain.Site.Reading;

/// <summary>Makes a surge plan of a document in which no mistake was found. What it leaves out is as in <see cref="SurgePlan.Example"/>.</summary>
internal static class SurgeBuilder
{
    private static readonly SurgePlan Example = SurgePlan.Example;

    public static SurgePlan Build(JsonElement plan) => Example with
    {
        Id = Id(plan),
        Threshold = Threshold(plan),
        Hold = plan.Whole("holdMinutes") is { } hold ? TimeSpan.FromMinutes(hold) : Example.Hold,
        Release = plan.Whole("releaseMinutes") is { } release ? TimeSpan.FromMinutes(release) : Example.Release,
        Groups = plan.Member("groups") is null ? Example.Groups : [.. plan.List("groups").Select(group => Group(group, null))],
        Reserve = HasReserve(plan) ? Reserve(plan.Member("reserve")) : null,
        Services = [.. plan.Texts("services").Select(entry => new ServiceId(entry.Value))],
    };

    public static string Id(JsonElement plan) => plan.Text("id") ?? Example.Id;

    public static int Threshold(JsonElement plan) => plan.Whole("threshold") ?? Example.Threshold;

    public static int ReserveThreshold(JsonElement plan) => plan.Member("reserve")?.Whole("threshold") ?? Example.Reserve!.Threshold;

    public static string ReserveId(JsonElement plan) => plan.Member("reserve")?.Text("id") ?? Example.Reserve!.Group.Id;

    /// <summary>Who names groups of their own and no reserve has none; who names neither has the example's.</summary>
    public static bool HasReserve(JsonElement plan) => plan.Member("reserve") is not null || plan.Member("groups") is null;

    private static SurgeReserve Reserve(JsonElement? given) => given is not { } reserve ? Example.Reserve! : new(
        Group(reserve, Example.Reserve!.Group),
        reserve.Whole("threshold") ?? Example.Reserve.Threshold,
        reserve.Text("mode") == "independent" ? ReserveMode.Independent : ReserveMode.AfterGroups);

    /// <param name="plain">What a reserve that says nothing is; null: a group says it all.</param>
    private static SurgeGroup Group(JsonElement group, SurgeGroup? plain) => new(
        group.Text("id") ?? plain!.Id,
        group.Member("name") is null ? plain!.Name : ProfileBuilder.Name(group))
    {
        Size = group.Member("size") is { } size ? new GroupSize(size.Whole("from")!.Value, size.Whole("to")!.Value) : plain?.Size,
        Counters = [.. group.List("counters").Select(counter => new CounterId((int)ShapeCheck.WholeNumber(counter)!.Value))],
    };
}
