using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Waiting.Surge;

/// <summary>When a crowd brings in further staff, and when they go again.</summary>
/// <param name="Id">Names the plan in events and topics: <c>a-z 0-9 -</c>.</param>
/// <param name="Threshold">People waiting; more than this is a crowd.</param>
/// <param name="Hold">How long the crowd must last before each group; more than zero.</param>
/// <param name="Release">How long it must be gone before each group goes; more than zero.</param>
/// <param name="Groups">In order of coming; at least one, no id twice.</param>
/// <param name="Reserve">The last group, with a threshold of its own; null: there is none, and no overtime is advised.</param>
public sealed record SurgePlan(string Id, int Threshold, TimeSpan Hold, TimeSpan Release, ImmutableArray<SurgeGroup> Groups, SurgeReserve? Reserve = null)
{
    /// <summary>Whose lines are counted; empty: everybody who waits in the hall.</summary>
    public ImmutableArray<ServiceId> Services { get; init; } = [];

    /// <summary>The groups and the reserve: how many can be in.</summary>
    public int Steps => Groups.Length + (Reserve is null ? 0 : 1);

    /// <summary>The group of that id, the reserve's among them; null: the plan does not have it.</summary>
    public SurgeGroup? Group(string id) => Reserve?.Group.Id == id ? Reserve.Group : Groups.FirstOrDefault(group => group.Id == id);

    /// <summary>The worked example: a service centre's own rule, and the default of everything that a hall's profile leaves out.</summary>
    public static SurgePlan Example { get; } = new(
        "hall",
        Threshold: 5,
        Hold: TimeSpan.FromMinutes(5),
        Release: TimeSpan.FromMinutes(5),
        [
            new("floating", Texts.Of(("zh-CN", "机动人员"), ("zh-TW", "機動人員"), ("en", "Floating staff"))),
            new("outbound", Texts.Of(("zh-CN", "外呼人员"), ("zh-TW", "外撥人員"), ("en", "Outbound staff"))) { Size = new(2, 3) },
            new("quality", Texts.Of(("zh-CN", "质检人员"), ("zh-TW", "質檢人員"), ("en", "Quality staff"))) { Size = new(2, 3) },
        ],
        new(new("back-office", Texts.Of(("zh-CN", "后台人员"), ("zh-TW", "後勤人員"), ("en", "Back office"))) { Size = new(2, 3) }, Threshold: 10));
}

/// <param name="Id">Unique in the plan: <c>a-z 0-9 -</c>.</param>
public sealed record SurgeGroup(string Id, Texts Name)
{
    /// <summary>How many people it is; null: the profile does not say.</summary>
    public GroupSize? Size { get; init; }

    /// <summary>Where they sit; empty: the plan does not say, and nobody is told when they have finished.</summary>
    public ImmutableArray<CounterId> Counters { get; init; } = [];
}

/// <param name="To">Not less than <paramref name="From"/>.</param>
public readonly record struct GroupSize(int From, int To);

[JsonConverter(typeof(JsonStringEnumConverter<ReserveMode>))]
public enum ReserveMode
{
    /// <summary>Called in only when all the other groups are in.</summary>
    [JsonStringEnumMemberName("after-groups")]
    AfterGroups,

    /// <summary>Called in by its own threshold, whoever else is in.</summary>
    [JsonStringEnumMemberName("independent")]
    Independent,
}

/// <param name="Threshold">People waiting; more than this calls the reserve in at once. Not less than the plan's own.</param>
public sealed record SurgeReserve(SurgeGroup Group, int Threshold, ReserveMode Mode = ReserveMode.AfterGroups);
