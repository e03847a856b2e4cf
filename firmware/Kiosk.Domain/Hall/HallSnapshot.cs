namespace Kiosk.Domain.Hall;

/// <summary>The hall as of one event.</summary>
/// <param name="Seq">Of the last event folded into <paramref name="State"/>.</param>
/// <param name="At">Of that event.</param>
public sealed record HallSnapshot(int Epoch, long Seq, DateTimeOffset At, HallState State);
