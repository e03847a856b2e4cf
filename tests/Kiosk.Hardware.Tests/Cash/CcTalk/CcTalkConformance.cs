using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.CcTalk;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links;
using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Cash.CcTalk;

/// <summary>How the suites build and open an acceptor on a ccTalk bus.</summary>
internal static class CcTalkMake
{
    public static CcTalkOptions Read(bool notes, string options) =>
        CcTalkOptions.Of(new DeviceSettings("under-test", "cctalk", "emulated:", JsonText.Parse(options)), notes);
}

/// <summary>A machine and a host that need not agree on how they are set.</summary>
internal sealed class CcTalkMaker(CcTalkOptions machine, CcTalkOptions host) : ICashMake
{
    public ICashMachine Build(TimeProvider time) => new CcTalkMachine(machine, time);

    public Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) => CcTalkOpening.OpenAsync(link, host, time);
}

public abstract class CcTalkNotesConformance(ITestOutputHelper output) : NoteAcceptorConformance(output)
{
    private protected override IDriver Driver => new CcTalkNotesDriver();

    private protected override string Options => "{}";

    /// <summary>A word for it is in no table of the specification.</summary>
    private protected override bool TellsNearFull => false;

    private protected override ICashMachine Build(TimeProvider time) => new CcTalkMachine(CcTalkMake.Read(true, Options), time);

    private protected override Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) =>
        CcTalkOpening.OpenAsync(link, CcTalkMake.Read(true, Options), time);
}

public sealed class SimpleCcTalkNotesConformance(ITestOutputHelper output) : CcTalkNotesConformance(output);

/// <summary>CRC mode on a single wire, and channels from the settings.</summary>
public sealed class EchoingCcTalkNotesConformance(ITestOutputHelper output) : CcTalkNotesConformance(output)
{
    private protected override string Options =>
        """{"checksum": "crc16", "echo": true, "address": 41, "channels": [{"channel": 2, "minor": 2000}, {"channel": 16, "minor": 10000}]}""";
}

public sealed class CcTalkCoinsConformance(ITestOutputHelper output) : CashAcceptorConformance(output)
{
    private protected override IDriver Driver => new CcTalkCoinsDriver();

    private protected override string Options => "{}";

    private protected override long Large => 100;

    private protected override long Small => 50;

    private protected override bool TellsBox => false;

    private protected override ICashMachine Build(TimeProvider time) => new CcTalkMachine(CcTalkMake.Read(false, Options), time);

    private protected override Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) =>
        CcTalkOpening.OpenAsync(link, CcTalkMake.Read(false, Options), time);
}
