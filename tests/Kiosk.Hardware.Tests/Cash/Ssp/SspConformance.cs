using System.Text.Json;
using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Cash.Ssp;
using Kiosk.Hardware.Cash.Ssp.Emulation;
using Kiosk.Hardware.Links;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Cash.Ssp;

/// <summary>Events that wait to be acknowledged.</summary>
public sealed class SspWithAckConformance(ITestOutputHelper output) : SspConformance(output)
{
    private protected override string Options => """{"pollMs": 100}""";
}

/// <summary>Events that are told once; after a loss the counter decides.</summary>
public sealed class SspPlainConformance(ITestOutputHelper output) : SspConformance(output)
{
    private protected override string Options => """{"pollMs": 100, "pollWithAck": false}""";
}

public abstract class SspConformance(ITestOutputHelper output) : NoteAcceptorConformance(output)
{
    private protected override IDriver Driver { get; } = new SspDriver();

    private protected override bool TellsNearFull => false;

    private SspOptions Read => SspOptions.Of(new DeviceSettings("notes", "ssp", "emulated:", JsonDocument.Parse(Options).RootElement));

    private protected override ICashMachine Build(TimeProvider time) => new SspMachine(Read, time);

    private protected override Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) =>
        SspDriver.OpenAsync(link, Read, new DriverServices(time, NullLogger.Instance));
}
