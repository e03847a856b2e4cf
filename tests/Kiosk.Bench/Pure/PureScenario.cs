using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Pure;

/// <summary>The parts without a clock or a disk, by BenchmarkDotNet, inside this process: its own would build a project for each.</summary>
internal sealed class PureScenario : IScenario
{
    public string Name => "pure";

    public string About => "decide, fold, encode, decode, foretell and parse, by BenchmarkDotNet";

    public Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var artifacts = run.NewDirectory(Name);
        var job = (run.Quick ? Job.Dry : Job.ShortRun.WithWarmupCount(4).WithIterationCount(8)).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(NullLogger.Instance).AddColumnProvider(DefaultColumnProviders.Statistics)
            .WithArtifactsPath(artifacts).WithOptions(ConfigOptions.DisableOptimizationsValidator | ConfigOptions.DisableLogFile);
        using var watch = new LoadWatch();
        var summary = BenchmarkRunner.Run<HallParts>(config);
        cancel.ThrowIfCancellationRequested();
        if (summary.HasCriticalValidationErrors || summary.Reports.Length == 0) throw new InvalidOperationException("BenchmarkDotNet measured nothing: " + string.Join("; ", summary.ValidationErrors.Select(error => error.Message)));
        foreach (var report in summary.Reports) run.Report(Of(report, watch.Load));
        return Task.CompletedTask;
    }

    private static Figure Of(BenchmarkReport report, MachineLoad load)
    {
        var method = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
        if (report.ResultStatistics is not { } statistics) throw new InvalidOperationException($"BenchmarkDotNet has no result of {method}.");
        return new("pure." + method.ToLowerInvariant(), report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''), "µs", statistics.Mean / 1000)
        {
            Samples = statistics.N,
            Load = load,
            Note = FormattableString.Invariant($"± {statistics.StandardError / 1000:0.000} µs, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0:N0} bytes allocated."),
        };
    }
}
