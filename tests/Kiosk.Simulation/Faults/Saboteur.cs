using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;

namespace Kiosk.Simulation.Faults;

/// <param name="Wrong">What was not as it had to be; null where all was well.</param>
internal sealed record Sabotage(string Device, Mischief Mischief, TimeSpan SeenAfter, TimeSpan BackAfter, string? Wrong);

/// <summary>Breaks one device again and again, watches what it says of itself, mends it, and watches that it comes back.</summary>
internal sealed class Saboteur(string device, IReadOnlyList<Mischief> mischiefs, IDeviceDirectory devices, TimeProvider time, int seed)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200), BackWithin = TimeSpan.FromMinutes(4);

    private readonly Random _random = new(seed);
    private readonly List<Sabotage> _done = [];

    public IReadOnlyList<Sabotage> Done => _done;

    /// <summary>Until the hour is over; the device is whole again when it returns.</summary>
    public async Task WorkAsync(DateTimeOffset until, Action<Sabotage> told, CancellationToken cancel)
    {
        // Every mischief of the device once, in an order of its own, before the first one again.
        var left = new Queue<Mischief>();
        while (true)
        {
            await Task.Delay(Seconds(15, 60), time, cancel);
            if (time.GetUtcNow() >= until) return;
            if (left.Count == 0) left = new(mischiefs.OrderBy(_ => _random.Next()));
            var sabotage = await SabotageAsync(left.Dequeue(), cancel);
            _done.Add(sabotage);
            told(sabotage);
        }
    }

    private async Task<Sabotage> SabotageAsync(Mischief mischief, CancellationToken cancel)
    {
        var began = time.GetUtcNow();
        devices.Control(device, mischief.Control, Mischief.Json(mischief.Arguments));
        string? wrong = null;
        if (mischief.Expected is { } expected && !await UntilAsync(view => Says(view, expected), TimeSpan.FromSeconds(mischief.Within), cancel))
            wrong = $"{expected.State} ({expected.Fault}) was not told within {mischief.Within} s; it said {Words(View())}";
        var seen = time.GetUtcNow() - began;

        await Task.Delay(Seconds(6, 30), time, cancel);
        var mended = time.GetUtcNow();
        devices.Control(device, mischief.MendControl, Mischief.Json(mischief.MendArguments));
        if (!await UntilAsync(view => view.State == DeviceState.Ok, BackWithin, cancel))
            wrong ??= $"it did not come back within {BackWithin.TotalSeconds:0} s; it says {Words(View())}";
        return new(device, mischief, seen, time.GetUtcNow() - mended, wrong);
    }

    private async Task<bool> UntilAsync(Func<DeviceView, bool> so, TimeSpan within, CancellationToken cancel)
    {
        var end = time.GetUtcNow() + within;
        while (!so(View()))
        {
            if (time.GetUtcNow() > end) return false;
            await Task.Delay(Look, time, cancel);
        }

        return true;
    }

    private static bool Says(DeviceView view, (Hardware.HealthState State, Hardware.DeviceFault Fault) expected) =>
        view.State.ToString() == expected.State.ToString() && view.Fault == expected.Fault.ToString();

    private static string Words(DeviceView view) => $"{view.State}{(view.Fault is null ? "" : $" ({view.Fault})")}{(view.Detail.Length > 0 ? $": {view.Detail}" : "")}";

    private DeviceView View() => devices.Devices.First(view => view.Id == device);

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(least + (_random.NextDouble() * (most - least)));
}
