using Kiosk.Hardware.Terminals.Zvt;
using Kiosk.Hardware.Terminals.Zvt.Emulation;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

public abstract class ZvtConformance : CardTerminalConformance
{
    protected override IDriver Driver => new ZvtDriver();
}

public sealed class EmulatedZvtConformance : ZvtConformance;

/// <summary>Receipts come as lines, and belong to the commitment.</summary>
public sealed class ReceiptsZvtConformance : ZvtConformance
{
    protected override string Options => """{"currency": "EUR", "receipts": "host"}""";
}

public sealed class TcpZvtConformance : ZvtConformance
{
    protected override DeviceCable Cable() => new TcpCable();
}

[Collection("pseudo-terminals")]
public sealed class SerialZvtConformance : ZvtConformance
{
    protected override DeviceCable Cable() => new SerialCable((emulator, link) => ((ZvtEmulator)emulator).ServeAsync(link, default));
}
