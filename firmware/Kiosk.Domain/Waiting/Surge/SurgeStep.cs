namespace Kiosk.Domain.Waiting.Surge;

/// <summary>What a plan asks for at a moment. Advice: it opens no counter and sends nobody away.</summary>
/// <param name="At">When its timer ran out, however late somebody looks.</param>
public abstract record SurgeStep(DateTimeOffset At)
{
    /// <summary>The group is to come.</summary>
    public sealed record CallIn(string Group, DateTimeOffset At) : SurgeStep(At);

    /// <summary>The group may go when it has finished its customers.</summary>
    public sealed record Release(string Group, DateTimeOffset At) : SurgeStep(At);

    /// <summary>Everybody is in and it is not enough: longer shifts and overtime.</summary>
    public sealed record AdviseOvertime(DateTimeOffset At) : SurgeStep(At);

    public sealed record EndOvertime(DateTimeOffset At) : SurgeStep(At);
}
