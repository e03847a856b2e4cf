namespace Kiosk.Provisioning.Replay;

/// <summary>Errors and coverage of the tickets of a hall, or of all. Times are seconds.</summary>
internal sealed class ReplayScore
{
    private double _error, _naive, _lastServed, _headOfLine, _bias, _width50, _width90, _wait;
    private int _held50, _held90;

    public int Scored { get; private set; }

    public double Mae => _error / Scored;

    public double NaiveMae => _naive / Scored;

    public double LastServedMae => _lastServed / Scored;

    public double HeadOfLineMae => _headOfLine / Scored;

    /// <summary>The predictor's error as a part of the naive rule's.</summary>
    public double Ratio => _error / _naive;

    /// <summary>Mean of foretold − real.</summary>
    public double Bias => _bias / Scored;

    public double MeanWait => _wait / Scored;

    public double Coverage50 => (double)_held50 / Scored;

    public double Coverage90 => (double)_held90 / Scored;

    public double Width50 => _width50 / Scored;

    public double Width90 => _width90 / Scored;

    public void Add(in ScoredTicket scored)
    {
        var (told, wait) = (scored.Ticket.Told, scored.Wait);
        Scored++;
        _wait += wait;
        _error += Math.Abs(told.About - wait);
        _naive += Math.Abs(scored.Ticket.Naive - wait);
        _lastServed += Math.Abs(scored.Ticket.LastServed - wait);
        _headOfLine += Math.Abs(scored.Ticket.HeadOfLine - wait);
        _bias += told.About - wait;
        _width50 += told.LikelyTo - told.LikelyFrom;
        _width90 += told.To - told.From;
        if (told.LikelyFrom <= wait && wait <= told.LikelyTo) _held50++;
        if (told.From <= wait && wait <= told.To) _held90++;
    }
}
