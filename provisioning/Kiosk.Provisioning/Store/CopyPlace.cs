using System.Globalization;

namespace Kiosk.Provisioning.Store;

/// <summary>A place in a hall's journal: its last event, or where a copy has come to. (0, 0) is before everything.</summary>
internal readonly record struct CopyPlace(int Epoch, long Seq) : IComparable<CopyPlace>
{
    public bool IsEmpty => Epoch == 0;

    public int CompareTo(CopyPlace other) => Epoch.CompareTo(other.Epoch) is var byEpoch and not 0 ? byEpoch : Seq.CompareTo(other.Seq);

    public override string ToString() => IsEmpty ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"event {Seq} of epoch {Epoch}");
}
