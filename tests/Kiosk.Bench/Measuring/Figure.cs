namespace Kiosk.Bench.Measuring;

/// <summary>One measured figure, beside its yardstick of the same run.</summary>
/// <param name="Id">Scenario and subject: "key.p50". Unique, and the same in every version.</param>
/// <param name="Title">What was measured, as a row of the table.</param>
/// <param name="Unit">Of ours and the yardstick: "µs", "/s", "MiB"; "×" where ours is itself a ratio.</param>
internal sealed record Figure(string Id, string Title, string Unit, double Ours)
{
    /// <summary>What it is held against.</summary>
    public Yardstick? Yardstick { get; init; }

    /// <summary>Ours over the yardstick's, with its interval; null where both are not measured side by side.</summary>
    public Interval? Ratio { get; init; }

    /// <summary>Where it is to be, or null: shown only.</summary>
    public Bar? Bar { get; init; }

    /// <summary>A p99: needs many samples, and a machine that is not crowded, to be judged.</summary>
    public bool Tail { get; init; }

    public int Samples { get; init; }

    /// <summary>Of the machine while this was measured.</summary>
    public MachineLoad? Load { get; init; }

    /// <summary>Why it could not be measured or judged here; null otherwise.</summary>
    public string? NotJudged { get; init; }

    /// <summary>Of a run with few samples: shown, not judged.</summary>
    public bool Quick { get; init; }

    /// <summary>In one sentence: how it was counted, what was left out.</summary>
    public string? Note { get; init; }

    /// <summary>For the plot: the samples of ours and of the yardstick, or a curve.</summary>
    public Plot? Plot { get; init; }
}

/// <param name="Name">"pwrite + fdatasync".</param>
/// <param name="Value">In the figure's unit.</param>
internal sealed record Yardstick(string Name, double Value);

/// <param name="Low">Of a 95 % bootstrap interval, as <paramref name="High"/>.</param>
internal readonly record struct Interval(double Middle, double Low, double High);

/// <summary>What a figure looks like.</summary>
internal abstract record Plot
{
    private Plot() { }

    /// <summary>How the samples are distributed, ours beside the yardstick's, in the figure's unit.</summary>
    public sealed record Distribution(IReadOnlyList<(string Name, double[] Values)> Series) : Plot;

    /// <summary>How it grows: value over size, one line for each series, both axes logarithmic.</summary>
    public sealed record Curve(string Size, string Value, IReadOnlyList<(string Name, IReadOnlyList<(double Size, double Value)> Points)> Series) : Plot;
}
