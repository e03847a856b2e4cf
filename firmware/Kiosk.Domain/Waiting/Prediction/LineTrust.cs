namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>Whether the ranges of a line hold: what is shown to people must have been right for their neighbours. Every wait counts, also one that was not told.</summary>
/// <param name="Scored">Waits so far.</param>
/// <param name="Held">Share of the latest ones that lay within their range; the last <see cref="Memory"/> or so count.</param>
/// <param name="Shown">Promises are shown.</param>
public sealed record LineTrust(int Scored, double Held, bool Shown)
{
    /// <summary>Waits until a line is calibrated.</summary>
    public const int Enough = 30;

    private const int Memory = 25;

    /// <summary>Below the first promises are withdrawn, from the second on they are shown again. Nine of ten should hold.</summary>
    private const double Withdrawn = 0.6, Restored = 0.75;

    public static LineTrust None { get; } = new(0, 1, false);

    /// <summary>Waits that are still to be seen before anything is shown; 0: enough.</summary>
    public int Missing => Math.Max(0, Enough - Scored);

    public LineTrust With(bool held)
    {
        var scored = Scored < int.MaxValue ? Scored + 1 : Scored;
        var share = Held + (((held ? 1 : 0) - Held) / Math.Min(scored, Memory));
        return new(scored, share, scored >= Enough && share >= (Shown ? Withdrawn : Restored));
    }
}
