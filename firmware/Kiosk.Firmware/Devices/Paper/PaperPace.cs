namespace Kiosk.Firmware.Devices.Paper;

/// <summary>How fast one printer uses paper: what came out of it within the last hour. Not kept over a restart.</summary>
/// <param name="since">Since when it is counted.</param>
internal sealed class PaperPace(DateTimeOffset since)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Less than this is no pace: one family that takes five numbers would end the roll at once.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(10);

    public const int LeastSlips = 3;

    private readonly Queue<(DateTimeOffset At, double Millimetres)> _slips = new();

    public void Print(double millimetres, DateTimeOffset at)
    {
        Forget(at);
        _slips.Enqueue((at, millimetres));
    }

    /// <summary>Millimetres an hour; null before there is a pace.</summary>
    public double? At(DateTimeOffset now)
    {
        Forget(now);
        var watched = now - since < Window ? now - since : Window;
        return watched < Least || _slips.Count < LeastSlips ? null : _slips.Sum(slip => slip.Millimetres) / watched.TotalHours;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_slips.TryPeek(out var oldest) && oldest.At < now - Window) _slips.Dequeue();
    }
}
