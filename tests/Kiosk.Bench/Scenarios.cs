using Kiosk.Bench.Engine;
using Kiosk.Bench.Growth;
using Kiosk.Bench.Http;
using Kiosk.Bench.Idle;
using Kiosk.Bench.Key;
using Kiosk.Bench.Logs;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Memory;
using Kiosk.Bench.Pure;
using Kiosk.Bench.Reporting;
using Kiosk.Bench.Screens;
using Kiosk.Bench.Start;
using Kiosk.Bench.Waits;
using Kiosk.Bench.Written;

namespace Kiosk.Bench;

/// <summary>Everything that is measured, in the order in which it is.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<IScenario> All { get; } =
    [
        new KeyScenario(),
        new EngineScenario(),
        new WrittenScenario(),
        new HttpScenario(),
        new ScreensScenario(),
        new StartScenario(),
        new MemoryScenario(),
        new WaitingScenario(),
        new HistoryScenario(),
        new ReportingScenario(),
        new WaitsScenario(),
        new PureScenario(),
        new LogsScenario(),
        new QuietScenario(),
        new IdleScenario(),
    ];
}
