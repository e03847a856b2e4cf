using System.Diagnostics;

namespace Kiosk.Bench.Screens;

/// <summary>When the screens of a crowd had one change.</summary>
/// <param name="Each">Milliseconds from the request, screen by screen.</param>
/// <param name="Answer">Milliseconds from the request to its answer.</param>
/// <param name="BytesEach">How much came to a screen with it.</param>
internal sealed record Reached(double[] Each, double Answer, int BytesEach)
{
    public double Last => Each.Max();

    /// <summary>Waits until all have it.</summary>
    /// <param name="sent">Timestamp just before the request.</param>
    /// <param name="answered">Timestamp just after its answer.</param>
    public static Reached Of(ScreenCrowd crowd, long sent, long answered)
    {
        var shown = crowd.Shown();
        return new([.. shown.Select(at => Milliseconds(sent, at))], Milliseconds(sent, answered), (int)(crowd.Bytes / crowd.Count));
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}

/// <summary>All calls that one crowd was told.</summary>
/// <param name="StreamKiB">Memory of the host for each of its streams.</param>
internal sealed record Fan(double StreamKiB)
{
    private readonly List<(double Yardstick, double Ours)> _pairs = [];
    private readonly List<(double Yardstick, double Ours)> _last = [];
    private readonly List<double> _afterAnswer = [];

    /// <summary>Every screen of every call, call by call.</summary>
    public IReadOnlyList<(double Yardstick, double Ours)> Pairs => _pairs;

    /// <summary>The last screen of every call.</summary>
    public IReadOnlyList<(double Yardstick, double Ours)> Last => _last;

    /// <summary>From the answer of the call to the last screen.</summary>
    public IReadOnlyList<double> AfterAnswer => _afterAnswer;

    public void Add(Reached plain, Reached ours)
    {
        _pairs.AddRange(plain.Each.Zip(ours.Each));
        _last.Add((plain.Last, ours.Last));
        _afterAnswer.Add(ours.Last - ours.Answer);
    }
}
