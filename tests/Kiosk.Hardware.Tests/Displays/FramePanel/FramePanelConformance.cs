using Kiosk.Hardware.Displays.FramePanel;

namespace Kiosk.Hardware.Tests.Displays.FramePanel;

public abstract class FramePanelConformance : WiredDisplayConformance
{
    protected override IDriver Driver => new FramePanelDriver();

    protected override string Options =>
        """
        {"panels": [{"panel": 3, "address": 9}, 1, 2], "gapMs": 0, "frame": "AA 55 [ {address} 01 {text} ] {check} 0D", "check": "xor8",
         "brightnessFrame": "AA 55 [ {address} 02 {brightness} ] {check} 0D", "lampTestFrame": "AA 55 [ {address} 03 ] {check} 0D"}
        """;

    protected override string PausedText => "----";
}

public sealed class EmulatedFramePanelConformance : FramePanelConformance;

public sealed class TcpFramePanelConformance : FramePanelConformance
{
    protected override DeviceCable Cable() => new TcpCable();
}

[Collection("pseudo-terminals")]
public sealed class SerialFramePanelConformance : FramePanelConformance
{
    protected override DeviceCable Cable() => new SerialCable((emulator, link) => ((FramePanelEmulator)emulator).ServeAsync(link, default));
}

/// <summary>Letters only, aligned to the left, with a sum in digits and a lamp test of its text.</summary>
public sealed class LettersFramePanelConformance : FramePanelConformance
{
    protected override string Options =>
        """
        {"panels": [{"panel": 3, "address": 9}, 1, 2], "gapMs": 0, "frame": "[ '$' {address:decimal2} {text} ] {check} 0D0A", "check": "sum16-hex",
         "align": "left", "width": 6, "encoding": "hex"}
        """;

    protected override string PausedText => "------";

    protected override bool CanDim => false;

    protected override bool AllLit(System.Text.Json.Nodes.JsonObject panel) => (string)panel["text"]! == "888888";
}

/// <summary>A panel with Hanzi of its own, a length and a CRC.</summary>
public sealed class HanziFramePanelConformance : FramePanelConformance
{
    protected override string Options =>
        """
        {"panels": [{"panel": 3, "address": 9}, 1, 2], "gapMs": 0, "frame": "{address} 10 {length+1} 00 {text} {check}", "check": "crc16-modbus",
         "brightnessFrame": "{address} 06 00 {brightness} {check}", "encoding": "gb18030", "pausedText": "暂停", "padding": " "}
        """;

    protected override string PausedText => "暂停";

    protected override bool AllLit(System.Text.Json.Nodes.JsonObject panel) => (string)panel["text"]! == "8888";
}
