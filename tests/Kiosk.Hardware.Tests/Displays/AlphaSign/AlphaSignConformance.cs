using System.Text.Json.Nodes;
using Kiosk.Hardware.Displays;
using Kiosk.Hardware.Displays.AlphaSign;

namespace Kiosk.Hardware.Tests.Displays.AlphaSign;

/// <summary>Three signs on a line, laid out anew at each refresh: else one that forgot its files would wait for the next hour.</summary>
public abstract class AlphaSignConformance : WiredDisplayConformance
{
    protected override IDriver Driver => new AlphaSignDriver();

    protected override string Options =>
        """
        {"panels": [{"panel": 3, "address": "0A"}, {"panel": 1, "address": "01"}, {"panel": 2, "address": "02"}], "settleMs": 0, "gapMs": 0, "setUpSeconds": 5}
        """;

    protected override string PausedText => "------";

    /// <summary>The protocol's dimming is of outdoor signs and in three steps by the hour: not this driver's.</summary>
    protected override bool CanDim => false;

    protected override void LosePower(RunningDevice<ICounterDisplay> display) => display.Do("blackout", """{"state": "cycle", "memory": "lost"}""");

    protected override bool AllLit(JsonObject panel) => (string)panel["text"]! == "888888";
}

public sealed class EmulatedAlphaSignConformance : AlphaSignConformance;

public sealed class BlinkingAlphaSignConformance : AlphaSignConformance
{
    protected override string Options => base.Options.Replace("{\"panels\"", "{\"flash\": \"sign\", \"checksum\": false, \"type\": \"^\", \"panels\"", StringComparison.Ordinal);

    protected override bool FlashesByItself => true;
}

public sealed class TcpAlphaSignConformance : AlphaSignConformance
{
    protected override DeviceCable Cable() => new TcpCable();
}

[Collection("pseudo-terminals")]
public sealed class SerialAlphaSignConformance : AlphaSignConformance
{
    protected override DeviceCable Cable() => new SerialCable((emulator, link) => ((AlphaSignEmulator)emulator).ServeAsync(link, default));
}
