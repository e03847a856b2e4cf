using System.Text.Json;
using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Cash.Id003;
using Kiosk.Hardware.Cash.Id003.Emulation;
using Kiosk.Hardware.Links;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Cash.Id003;

public sealed class Id003Conformance(ITestOutputHelper output) : NoteAcceptorConformance(output)
{
    private protected override IDriver Driver { get; } = new Id003Driver();

    private protected override string Options => """{"pollMs": 100}""";

    private protected override bool TellsNearFull => false;

    private Id003Options Read => Id003Options.Of(new DeviceSettings("notes", "id003", "emulated:", JsonDocument.Parse(Options).RootElement));

    private protected override ICashMachine Build(TimeProvider time) => new Id003Machine(Read, time);

    private protected override Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) =>
        Id003Driver.OpenAsync(link, Read, new DriverServices(time, NullLogger.Instance));
}
