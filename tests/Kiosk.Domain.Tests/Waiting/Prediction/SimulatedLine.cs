using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Domain.Tests.Waiting.Prediction;

/// <summary>A line with three counters and random customers, one seed one history: first come, first served, service times log-normal.</summary>
internal sealed class SimulatedLine(int seed)
{
    private const int Counters = 3;
    private const double Between = 62, Service = 180;

    private readonly Random _random = new(seed);
    private readonly double[] _freeAt = new double[Counters];
    private readonly Queue<(double Begin, double Issued, WaitEstimate Told, double End)> _ahead = new();
    private WaitModel _model = WaitModel.Start;
    private LinePace _pace = new(300);
    private double _at;

    /// <summary>How much longer service takes.</summary>
    public double Slower { get; set; } = 1;

    /// <param name="Wait">Above 0.</param>
    internal sealed record Scored(WaitEstimate Told, double Wait);

    /// <summary>So many customers come; those who wait are returned when they are called.</summary>
    public IReadOnlyList<Scored> Run(int customers)
    {
        var scored = new List<Scored>();
        for (var n = 0; n < customers; n++)
        {
            _at += -Math.Log(1 - _random.NextDouble()) * Between * (Slower > 1 ? Slower * 0.98 : 1);
            while (_ahead.TryPeek(out var next) && next.Begin <= _at) Call(scored);

            var oldest = _ahead.TryPeek(out var first) ? _at - first.Issued : 0;
            var facts = new LineFacts(_ahead.Count + 1, _ahead.Count + 1, Counters, _freeAt.Count(free => free > _at), null, false, _at % 28_800, oldest, _pace, _at);
            var told = _model.Estimate("line", facts);
            _model = _model.Joined(told);
            var counter = Array.IndexOf(_freeAt, _freeAt.Min());
            var begin = Math.Max(_at, _freeAt[counter]);
            _freeAt[counter] = begin + Needs();
            _ahead.Enqueue((begin, _at, told, _freeAt[counter]));
            if (begin <= _at) Call(scored);
        }

        return scored;
    }

    private void Call(List<Scored> scored)
    {
        var (begin, issued, told, end) = _ahead.Dequeue();
        _pace = _pace.Called(begin, begin - issued, _ahead.Count).Finished(end - begin);
        _model = _model.Learn("line", told, begin - issued);
        if (begin > issued) scored.Add(new(told, begin - issued));
    }

    private double Needs()
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Service * Slower * Math.Exp(0.6 * normal - 0.18);
    }
}
