using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices.Paper;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware.Tests.Printers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Devices;

public sealed class PaperKeeperTests : IAsyncLifetime, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("paper-").FullName;
    private readonly ManualTime _time = new();
    private readonly FakeDevices _devices = new(FakeDevices.Printer(DeviceState.Ok, null));
    private readonly Notes _notes = new();
    private readonly PaperRolls _rolls;
    private readonly PaperKeeper _keeper;

    public PaperKeeperTests()
    {
        _rolls = Rolls();
        _rolls.Opened("ticket-printer", 80);
        _keeper = new(_rolls, _devices, _notes, _time, NullLogger<PaperKeeper>.Instance);
    }

    private PaperRolls Rolls() => new(new PaperFile(_directory, NullLogger.Instance), _time);

    public Task InitializeAsync() => _keeper.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _keeper.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _keeper.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData(DeviceState.OutOfService, "OutOfPaper")]
    [InlineData(DeviceState.Degraded, "PaperNearEnd")]
    public async Task New_roll_is_noticed_by_the_sensors_and_written_down(DeviceState low, string fault)
    {
        _rolls.Printed("ticket-printer", 70_000);
        await SeeAsync(low, fault, () => _rolls.Low("ticket-printer"));
        _devices.Set(FakeDevices.Printer(DeviceState.OutOfService, "CoverOpen"));
        await PassAsync(TimeSpan.FromSeconds(2));

        await SeeAsync(DeviceState.Ok, null, () => _notes.All.Count == 1);

        Assert.Equal(new HallEvent.PaperLoaded("ticket-printer", "noticed"), _notes.All[0]);
        Assert.Equal((0, 100), (_rolls.Of("ticket-printer")!.UsedMetres, _rolls.Of("ticket-printer")!.LeftPercent));
    }

    [Fact]
    public async Task Sensor_that_flickers_is_no_new_roll()
    {
        _rolls.Printed("ticket-printer", 70_000);
        await SeeAsync(DeviceState.Degraded, "PaperNearEnd", () => _rolls.Low("ticket-printer"));
        for (var flicker = 0; flicker < 4; flicker++)
        {
            _devices.Set(FakeDevices.Printer(DeviceState.Ok, null));
            await PassAsync(TimeSpan.FromSeconds(2));
            _devices.Set(FakeDevices.Printer(DeviceState.Degraded, "PaperNearEnd"));
            await PassAsync(TimeSpan.FromSeconds(2));
        }

        // A sensor at its threshold may also be of another mind for minutes: nobody had a hand in the printer.
        _devices.Set(FakeDevices.Printer(DeviceState.Ok, null));
        await PassAsync(TimeSpan.FromSeconds(60));

        Assert.Empty(_notes.All);
        Assert.Equal(70, _rolls.Of("ticket-printer")!.UsedMetres);
    }

    [Fact]
    public async Task Open_cover_says_nothing_about_paper()
    {
        _rolls.Printed("ticket-printer", 10_000);
        _devices.Set(FakeDevices.Printer(DeviceState.OutOfService, "CoverOpen"));
        await PassAsync(TimeSpan.FromSeconds(2));
        _devices.Set(FakeDevices.Printer(DeviceState.Ok, null));
        await PassAsync(TimeSpan.FromSeconds(10));

        Assert.Empty(_notes.All);
    }

    [Fact]
    public async Task Cover_opened_long_before_the_end_makes_no_new_roll_of_a_flicker()
    {
        _rolls.Printed("ticket-printer", 10_000);
        _devices.Set(FakeDevices.Printer(DeviceState.OutOfService, "CoverOpen"));
        await PassAsync(TimeSpan.FromSeconds(2));
        _devices.Set(FakeDevices.Printer(DeviceState.Ok, null));
        await PassAsync(TimeSpan.FromSeconds(2));
        _rolls.Printed("ticket-printer", 60_000);
        await SeeAsync(DeviceState.Degraded, "PaperNearEnd", () => _rolls.Low("ticket-printer"));
        _devices.Set(FakeDevices.Printer(DeviceState.Ok, null));
        await PassAsync(TimeSpan.FromSeconds(10));

        Assert.Empty(_notes.All);
        Assert.Equal(70, _rolls.Of("ticket-printer")!.UsedMetres);
    }

    [Fact]
    public async Task Look_under_the_cover_at_a_roll_near_its_end_makes_no_new_roll_of_a_flicker()
    {
        _rolls.Printed("ticket-printer", 70_000);
        await SeeAsync(DeviceState.Degraded, "PaperNearEnd", () => _rolls.Low("ticket-printer"));
        _devices.Set(FakeDevices.Printer(DeviceState.OutOfService, "CoverOpen"));
        await PassAsync(TimeSpan.FromSeconds(2));
        _devices.Set(FakeDevices.Printer(DeviceState.Degraded, "PaperNearEnd"));
        await PassAsync(TimeSpan.FromSeconds(10));
        _devices.Set(FakeDevices.Printer(DeviceState.Ok, null));
        await PassAsync(TimeSpan.FromSeconds(10));

        Assert.Empty(_notes.All);
        Assert.Equal(70, _rolls.Of("ticket-printer")!.UsedMetres);
    }

    [Fact]
    public async Task New_roll_is_noticed_although_the_sensor_flickers_while_it_is_put_in()
    {
        _rolls.Printed("ticket-printer", 70_000);
        await SeeAsync(DeviceState.OutOfService, "OutOfPaper", () => _rolls.Low("ticket-printer"));
        _devices.Set(FakeDevices.Printer(DeviceState.Degraded, "PaperNearEnd"));
        await PassAsync(TimeSpan.FromSeconds(2));

        await SeeAsync(DeviceState.Ok, null, () => _notes.All.Count == 1);

        Assert.Equal(100, _rolls.Of("ticket-printer")!.LeftPercent);
    }

    [Fact]
    public async Task Count_is_there_again_after_a_restart()
    {
        _rolls.Load("ticket-printer");
        _rolls.Printed("ticket-printer", 20_000);
        await _keeper.StopAsync(CancellationToken.None);

        var next = Rolls();
        next.Opened("ticket-printer", 80);

        Assert.Equal((20, 75), (next.Of("ticket-printer")!.UsedMetres, next.Of("ticket-printer")!.LeftPercent));
    }

    [Fact]
    public void Damaged_file_begins_a_new_count_and_rolls_of_another_length_forget_what_was_learned()
    {
        File.WriteAllText(Path.Combine(_directory, PaperFile.Name), "{ half");
        var anew = Rolls();
        anew.Opened("ticket-printer", 80);
        Assert.Null(anew.Of("ticket-printer")!.LeftPercent);

        anew.Load("ticket-printer");
        anew.Printed("ticket-printer", 70_000);
        anew.End("ticket-printer");
        anew.Load("ticket-printer");
        Assert.Equal(70, anew.Of("ticket-printer")!.RollMetres);
        anew.Opened("ticket-printer", 40);
        Assert.Equal(40, anew.Of("ticket-printer")!.RollMetres);
    }

    private Task SeeAsync(DeviceState state, string? fault, Func<bool> so)
    {
        _devices.Set(FakeDevices.Printer(state, fault));
        return _time.PassUntilAsync(UntilAsync(so));
    }

    // The keeper looks when time passes: in small steps, so that it has looked in between.
    private async Task PassAsync(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMilliseconds(100))
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5);
        }
    }

    private static async Task<bool> UntilAsync(Func<bool> so)
    {
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!so()) await Task.Delay(5, watchdog.Token);
        return true;
    }

    private sealed class Notes : IIntake
    {
        private readonly List<HallEvent.Note> _all = [];

        public IReadOnlyList<HallEvent.Note> All
        {
            get
            {
                lock (_all) return [.. _all];
            }
        }

        public Task<Answer> AskAsync(Request request, CancellationToken cancel)
        {
            lock (_all) _all.Add(((HallCommand.WriteDown)request.Command).Fact);
            return Task.FromResult(new Answer([], null, false));
        }
    }
}
