using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;

namespace Kiosk.Firmware.Tests.Devices;

/// <summary>Devices as the host would list them, set by the test.</summary>
internal sealed class FakeDevices(params DeviceView[] devices) : IDeviceDirectory
{
    private readonly Lock _gate = new();
    private readonly List<string> _controlled = [];
    private IReadOnlyList<DeviceView> _devices = devices;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<DeviceView> Devices => _devices;

    public event Action? Changed;

    /// <summary>What the emulators were told: control and arguments.</summary>
    public IReadOnlyList<string> Controlled
    {
        get
        {
            lock (_gate) return [.. _controlled];
        }
    }

    /// <summary>A control with this name is refused.</summary>
    public string? Refused { get; set; }

    public void Set(params DeviceView[] devices)
    {
        _devices = devices;
        Changed?.Invoke();
    }

    public bool Control(string device, string control, JsonElement arguments)
    {
        if (control == Refused) throw new ArgumentException("argument \"state\" is not allowed; allowed: ok, out");
        lock (_gate)
        {
            _controlled.Add(arguments.ValueKind == JsonValueKind.Undefined ? control : $"{control} {arguments.GetRawText()}");
            _more.TrySetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return true;
    }

    public async Task UntilControlledAsync(int times)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_controlled.Count >= times) return;
                more = _more.Task;
            }

            await more.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public Task<DeviceView?> TestAsync(string device, CancellationToken cancel) => Task.FromResult(Devices.FirstOrDefault(view => view.Id == device));

    public static DeviceView Printer(DeviceState state, string? fault, string detail = "") => new(
        "ticket-printer", "TicketPrinter", "escpos", "emulated:", state, fault, detail, new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), new JsonObject(), [],
        new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["paper"] = new Dictionary<string, string> { ["state"] = "ok | near-end | out", ["lines"] = "optional: lines until the roll ends, 1 to 100000" },
            ["power"] = new Dictionary<string, string> { ["state"] = "on | off" },
            ["reset"] = new Dictionary<string, string>(),
        });
}
