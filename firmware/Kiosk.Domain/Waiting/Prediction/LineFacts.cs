namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>What is known about a line at the moment somebody joins it; all of it from the hall's own events before that moment. Times are seconds.</summary>
/// <param name="Place">1: next. Counts those in front after priority, and the newcomer.</param>
/// <param name="Length">All who wait, priority ignored, and the newcomer.</param>
/// <param name="Counters">Open counters that serve the line, at least 1.</param>
/// <param name="Serving">How many of them have a customer; null where that is not known.</param>
/// <param name="OfService">Who wait for the newcomer's own service, where the line serves several; null where it serves one.</param>
/// <param name="Priority">The newcomer has priority.</param>
/// <param name="SinceOpening">Since the first event of the day.</param>
/// <param name="Oldest">How long the longest waiter has waited; 0 where nobody waits.</param>
/// <param name="Pace">What the line has shown so far.</param>
/// <param name="At">The moment, in seconds of the clock that <paramref name="Pace"/> was kept by.</param>
public readonly record struct LineFacts(
    int Place, int Length, int Counters, int? Serving, int? OfService, bool Priority, double SinceOpening, double Oldest, LinePace Pace, double At);
