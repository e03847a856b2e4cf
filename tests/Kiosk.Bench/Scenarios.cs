using Kiosk.Bench.Engine;
using Kiosk.Bench.Idle;
using Kiosk.Bench.Key;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Reporting;
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
        new ReportingScenario(),
        new WaitsScenario(),
        new IdleScenario(),
    ];
}
