using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;

namespace Kiosk.Ui.Tests.Support;

/// <summary>Devices as the host would list them, set by the test.</summary>
internal sealed class FakeDevices : IDeviceDirectory
{
    private volatile IReadOnlyList<DeviceView> _devices = [Printer(DeviceState.Ok, null), Keys, Display];

    public IReadOnlyList<DeviceView> Devices => _devices;

    public event Action? Changed;

    public List<(string Device, string Control, string Arguments)> Controlled { get; } = [];

    public void SetPrinter(DeviceState state, string? fault)
    {
        _devices = [Printer(state, fault), Keys, Display];
        Changed?.Invoke();
    }

    /// <summary>The printer works, and has so much paper.</summary>
    public void SetPaper(PaperView paper)
    {
        _devices = [Printer(DeviceState.Ok, null) with { Paper = paper }, Keys, Display];
        Changed?.Invoke();
    }

    public List<string> Loaded { get; } = [];

    public bool PaperLoaded(string device)
    {
        lock (Loaded) Loaded.Add(device);
        return true;
    }

    public bool Control(string device, string control, JsonElement arguments)
    {
        lock (Controlled) Controlled.Add((device, control, arguments.GetRawText()));
        return true;
    }

    public Task<DeviceView?> TestAsync(string device, CancellationToken cancel) => Task.FromResult(Devices.FirstOrDefault(view => view.Id == device));

    private static DeviceView Printer(DeviceState state, string? fault) => new(
        "ticket-printer",
        "TicketPrinter",
        "escpos",
        "emulated:",
        state,
        fault,
        fault is null ? "" : "DLE EOT 4 answered 0x7E",
        TimeProvider.System.GetUtcNow().AddMinutes(-4),
        new JsonObject { ["paper"] = "ok" },
        [Slip("A002"), Slip("A001")],
        new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["paper"] = new Dictionary<string, string> { ["state"] = "ok | near-end | out" },
            ["cover"] = new Dictionary<string, string> { ["open"] = "true | false" },
            ["slow"] = new Dictionary<string, string> { ["milliseconds"] = "0..60000" },
            ["unplug"] = new Dictionary<string, string>(),
        });

    private static DeviceView Keys { get; } = new(
        "keys", "CallButtons", "gpio-buttons", "gpio:pinctrl-bcm2711", DeviceState.OutOfService, "InUse", "line 17 is used by \"gpio-keys\"",
        TimeProvider.System.GetUtcNow().AddMinutes(-40), null, [], new Dictionary<string, IReadOnlyDictionary<string, string>>());

    private static DeviceView Display { get; } = new(
        "counter-display",
        "CounterDisplay",
        "max7219",
        "emulated:",
        DeviceState.Unknown,
        null,
        "",
        TimeProvider.System.GetUtcNow().AddSeconds(-20),
        [],
        ["""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60"><rect width="200" height="60" fill="#111"/><text x="20" y="46" font-family="monospace" font-size="44" fill="#f33">A012</text></svg>"""],
        new Dictionary<string, IReadOnlyDictionary<string, string>> { ["unplug"] = new Dictionary<string, string>() });

    private static string Slip(string number) =>
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 260" width="220" height="260"><rect width="220" height="260" fill="#fff"/><text x="110" y="40" text-anchor="middle" font-size="18" font-family="Noto Sans CJK SC">中心营业厅</text><text x="110" y="120" text-anchor="middle" font-size="64" font-weight="bold" font-family="sans-serif">{number}</text><text x="110" y="170" text-anchor="middle" font-size="18" font-family="Noto Sans CJK SC">前面还有 3 人</text></svg>""";
}
