using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>How a copy stands at one moment.</summary>
/// <param name="Place">The last event on disk.</param>
/// <param name="Acknowledged">The last place that was said in this connection and taken by the broker.</param>
/// <param name="Known">The greatest place heard of.</param>
/// <param name="Gap">The epoch in which an event is missing, or null.</param>
/// <param name="Missing">Events that the hall no longer had.</param>
/// <param name="Trouble">What keeps the copy from its work now, and what to do; or null.</param>
/// <param name="Latest">The last events, the newest first.</param>
internal sealed record CopyView(string Hall, MqttState Connection, HallWord Word, CopyPlace Place, CopyPlace Acknowledged, CopyPlace Known, int? Gap, CopyFigures Figures)
{
    public const int LatestKept = 10;

    public long Missing { get; init; }

    public string? Trouble { get; init; }

    /// <summary>Topics that the broker denies us, and what to do; or null. Part of the trouble.</summary>
    public string? Denial { get; init; }

    public ImmutableList<CopyEvent> Latest { get; init; } = [];

    /// <summary>Null until the hall has described itself.</summary>
    public HallSnapshot? Snapshot { get; init; }

    public HallProfile? Profile { get; init; }

    /// <summary>Why the state may be wrong, or null.</summary>
    public string? Doubt { get; init; }

    public long Unfolded { get; init; }

    public long Unknown { get; init; }

    /// <summary>Events that the hall has and the copy has not, as far as is known.</summary>
    public long Behind => Known.CompareTo(Place) <= 0 ? 0 : Known.Epoch == Place.Epoch ? Known.Seq - Place.Seq : Known.Seq;

    /// <summary>The copy has everything that the hall has said to have.</summary>
    public bool CaughtUp => Connection is MqttState.Connected && Word.Latest is not null && Behind == 0 && Gap is null;
}
