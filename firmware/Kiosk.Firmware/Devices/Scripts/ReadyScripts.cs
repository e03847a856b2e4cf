using System.Text.Json;
using Kiosk.Domain.Views;

namespace Kiosk.Firmware.Devices.Scripts;

/// <summary>Troubles as they happen in halls, for every emulated device whose controls can act them. Each ends with the device in order.</summary>
internal static class ReadyScripts
{
    /// <summary>Stands for the first key that the control lists.</summary>
    private const string FirstLine = "FIRST-LINE";

    // Name, then one script for each set of controls: the first that a device can act is its own.
    private static readonly (string Name, string[] Ways)[] All =
    [
        ("paper-out",
        [
            """{"steps":[{"control":"paper","arguments":{"state":"near-end"}},{"afterMs":15000,"control":"paper","arguments":{"state":"near-end","lines":8}},{"afterMs":45000,"control":"paper","arguments":{"state":"ok"}}]}""",
        ]),
        ("flaky-cable",
        [
            """{"steps":[{"afterMs":2000,"control":"unplug"},{"afterMs":4000,"control":"plug"},{"afterMs":9000,"control":"unplug"},{"afterMs":1500,"control":"plug"},{"afterMs":5000,"control":"plug"}],"repeat":3}""",
            """{"steps":[{"afterMs":2000,"control":"power","arguments":{"state":"off"}},{"afterMs":4000,"control":"power","arguments":{"state":"on"}},{"afterMs":9000,"control":"power","arguments":{"state":"off"}},{"afterMs":1500,"control":"power","arguments":{"state":"on"}},{"afterMs":5000,"control":"power","arguments":{"state":"on"}}],"repeat":3}""",
        ]),
        ("stuck-key",
        [
            """{"steps":[{"control":"hold","arguments":{"line":"FIRST-LINE"}},{"afterMs":75000,"control":"release","arguments":{"line":"FIRST-LINE"}}]}""",
        ]),
        ("bad-day",
        [
            """
            {"steps":[
              {"afterMs":1000,"control":"cover","arguments":{"state":"open"}},{"afterMs":7000,"control":"cover","arguments":{"state":"closed"}},
              {"afterMs":10000,"control":"cutter","arguments":{"state":"jammed"}},{"afterMs":15000,"control":"cutter","arguments":{"state":"ok"}},
              {"afterMs":10000,"control":"misbehave","arguments":{"mode":"late"}},{"afterMs":20000,"control":"misbehave","arguments":{"mode":"none"}},
              {"afterMs":5000,"control":"silence","arguments":{"on":true}},{"afterMs":10000,"control":"silence","arguments":{"on":false}},
              {"afterMs":10000,"control":"paper","arguments":{"state":"near-end"}},{"afterMs":10000,"control":"paper","arguments":{"state":"out"}},
              {"afterMs":20000,"control":"paper","arguments":{"state":"ok"}},
              {"afterMs":10000,"control":"power","arguments":{"state":"off"}},{"afterMs":6000,"control":"power","arguments":{"state":"on"}}]}
            """,
            """
            {"steps":[
              {"afterMs":1000,"control":"glitch"},{"afterMs":6000,"control":"glitch"},{"afterMs":6000,"control":"power","arguments":{"state":"cycle"}},
              {"afterMs":8000,"control":"unplug"},{"afterMs":6000,"control":"plug"},
              {"afterMs":8000,"control":"power","arguments":{"state":"off"}},{"afterMs":6000,"control":"power","arguments":{"state":"on"}}]}
            """,
            """
            {"steps":[
              {"afterMs":1000,"control":"overflow","arguments":{"line":"FIRST-LINE"}},
              {"afterMs":5000,"control":"hold","arguments":{"line":"FIRST-LINE"}},{"afterMs":75000,"control":"release","arguments":{"line":"FIRST-LINE"}},
              {"afterMs":5000,"control":"unplug"},{"afterMs":6000,"control":"plug"}]}
            """,
            """
            {"steps":[
              {"afterMs":1000,"control":"hiccup"},{"afterMs":8000,"control":"jam","arguments":{"state":"on"}},{"afterMs":15000,"control":"jam","arguments":{"state":"off"}},
              {"afterMs":10000,"control":"power","arguments":{"state":"off"}},{"afterMs":15000,"control":"power","arguments":{"state":"on"}},
              {"afterMs":8000,"control":"unplug"},{"afterMs":6000,"control":"plug"}]}
            """,
            """
            {"steps":[
              {"afterMs":1000,"control":"misbehave","arguments":{"mode":"late"}},{"afterMs":20000,"control":"misbehave","arguments":{"mode":"none"}},
              {"afterMs":5000,"control":"silence","arguments":{"on":true}},{"afterMs":10000,"control":"silence","arguments":{"on":false}},
              {"afterMs":10000,"control":"power","arguments":{"state":"off"}},{"afterMs":6000,"control":"power","arguments":{"state":"on"}}]}
            """,
        ]),
    ];

    /// <summary>Names of the scripts that this device can act; empty for a real one.</summary>
    public static IReadOnlyList<string> For(DeviceView device) => device.Emulated ? [.. All.Where(script => Way(script.Ways, device) is not null).Select(script => script.Name)] : [];

    /// <summary>Null where there is none of that name for this device.</summary>
    public static EmulatorScript? Find(string name, DeviceView device) =>
        All.FirstOrDefault(script => script.Name == name) is { Ways: { } ways } && Way(ways, device) is { } script ? script with { Name = name } : null;

    private static EmulatorScript? Way(string[] ways, DeviceView device) => ways.Select(way => Read(way, device)).FirstOrDefault(script => script is not null);

    private static EmulatorScript? Read(string way, DeviceView device)
    {
        var line = device.Controls.Values.Select(arguments => arguments.GetValueOrDefault("line")).FirstOrDefault(lines => lines is not null)?.Split('|')[0].Trim();
        using var json = JsonDocument.Parse(way.Replace(FirstLine, line, StringComparison.Ordinal));
        return new ScriptReader(device.Controls).Read(json.RootElement).Script;
    }
}
