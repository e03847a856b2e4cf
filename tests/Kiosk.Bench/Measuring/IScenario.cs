namespace Kiosk.Bench.Measuring;

/// <summary>One subject, measured together with its yardstick in one go.</summary>
internal interface IScenario
{
    /// <summary>As it is asked for on the command line: one small word.</summary>
    string Name { get; }

    /// <summary>What is measured against what, in one line.</summary>
    string About { get; }

    /// <summary>Measures, and reports each figure as soon as it is known.</summary>
    /// <exception cref="NotHereException">The machine lacks something without which nothing of it can be measured.</exception>
    Task RunAsync(BenchRun run, CancellationToken cancel);
}

/// <summary>The machine lacks something (a program, a right): the scenario is left out, with this reason, and counts neither as met nor as missed.</summary>
internal sealed class NotHereException(string reason) : Exception(reason);
