using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Measuring;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware;
using Kiosk.Hardware.Buttons.GpioButtons;
using Kiosk.Hardware.Displays;
using Kiosk.Hardware.Displays.Max7219;
using Kiosk.Hardware.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Bench.Key;

/// <summary>
/// The whole appliance in this process, without a browser; its keys and panels are opened by the bench, which holds the other end of both wires: lines of a GPIO chip that deliver the kernel's
/// event records, and the SPI bus of a chain of MAX7219.
/// </summary>
internal sealed class KeyHall : IAsyncDisposable
{
    private const int Counters = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), PollEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>What a finger needs until the next strike, by the stamps of the edges: nobody waits for it.</summary>
    private const long BetweenPresses = 1_000_000_000, Held = 80_000_000;

    private static readonly ServiceId[] Wanted = [new("pay"), new("new-number"), new("plan-change")];

    private readonly WatchedJournal _journal;
    private readonly WebApplication _app;
    private readonly HallFeed _feed;
    private readonly IIntake _intake;
    private readonly WatchedIntake _keysIntake;
    private readonly WatchedPanels _panels;
    private readonly Max7219Emulator _chips;
    private readonly EmulatedGpioLines _lines;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _devices;
    private long _stamp = BetweenPresses, _published;
    private int _presses;

    private KeyHall(WatchedJournal journal, WebApplication app, Slowdown slowdown)
    {
        (_journal, _app) = (journal, app);
        (_feed, _intake) = (app.Services.GetRequiredService<HallFeed>(), app.Services.GetRequiredService<IIntake>());
        var (profile, time) = (_feed.Profile, app.Services.GetRequiredService<TimeProvider>());
        var services = new DriverServices(time, NullLogger.Instance) { Zone = profile.TimeZone };
        _journal.Hall = () => _feed.Latest.State;
        _feed.Committed += _ => _published = Stopwatch.GetTimestamp();

        var keys = GpioButtonsOptions.Of(KeySettings);
        _lines = new(keys.Request, [.. Enumerable.Range(0, Counters).Select(line => (uint)line)], () => 0);
        var buttons = new GpioButtons(keys, _lines, null, services);
        _keysIntake = new(_intake);
        var input = new ButtonInput(_keysIntake, _feed, NullLogger<ButtonInput>.Instance);

        var panels = Max7219Options.Of(PanelSettings);
        _chips = new(panels, seed: 1);
        _panels = new(_chips.Open());
        var display = new PanelDisplay(new Max7219Wire(panels, _panels), new(panels.Refresh, panels.Brightness), services);
        var told = slowdown == Slowdown.Poll ? new HallFeed(profile, _feed.Latest) : _feed;
        _devices = Task.WhenAll(
            Together.RunAsync(_stop.Token, buttons.RunAsync, life => input.AttendAsync(KeySettings, buttons, life)),
            Together.RunAsync(_stop.Token, display.RunAsync, life => new DisplayWorker(told).AttendAsync(PanelSettings, display, life)),
            slowdown == Slowdown.Poll ? PollAsync(told, _stop.Token) : Task.CompletedTask);
    }

    private static DeviceSettings KeySettings { get; } = Settings("call-keys", "gpio-buttons", new JsonObject
    {
        ["lines"] = new JsonObject(Enumerable.Range(1, Counters).Select(number => KeyValuePair.Create($"COUNTER{number}", (JsonNode?)new JsonObject { ["panel"] = number, ["key"] = "next" }))),
    });

    private static DeviceSettings PanelSettings { get; } = Settings("counter-displays", "max7219", new JsonObject { ["panels"] = new JsonArray([.. Enumerable.Range(1, Counters).Select(number => (JsonNode)number)]) });

    public static async Task<KeyHall> StartAsync(string directory, Slowdown slowdown, CancellationToken cancel)
    {
        var profile = HallFile.Read(hall =>
        {
            // Its keys and panels are the bench's; no other device may take part.
            hall["devices"] = new JsonArray();
            hall.Remove("payments");
            foreach (var service in hall["services"]!.AsArray()) service!["dailyLimit"] = 99_999;
        });
        var time = new MorningTime(profile);
        var journal = new WatchedJournal(directory, slowdown, time);
        try
        {
            var options = new LaunchOptions(HallFile.Path, directory, new("http://127.0.0.1:0"), null, null, NoBroker: true, Crowd: 0);
            var app = Appliance.Build(options, profile, journal, services =>
            {
                services.AddSingleton<TimeProvider>(new HallTime(time, time.GetUtcNow()));
                services.AddLogging(logging => logging.ClearProviders());
            });
            await app.StartAsync(cancel);
            var hall = new KeyHall(journal, app, slowdown);
            await hall.OpenAsync(cancel);
            return hall;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Somebody waits for each of the next presses. Not measured.</summary>
    public async Task FillAsync(int least, int most, CancellationToken cancel)
    {
        if (_feed.Latest.State.Waiting >= least) return;
        var answers = await Task.WhenAll(Enumerable.Range(0, most - _feed.Latest.State.Waiting).Select(n =>
            _intake.AskAsync(Request.Once("kiosk", new HallCommand.TakeTicket(TicketCodes.Draw(), Wanted[n % Wanted.Length], "en", Print: false)), cancel)));
        if (answers.FirstOrDefault(answer => answer.Rejection is not null) is { } refused) throw new InvalidOperationException($"No ticket: {refused.Rejection}");
    }

    /// <summary>The next counter's key goes down; ends when that counter's panel shows who was called, and the engine has answered.</summary>
    public async Task<Stages> PressAsync(CancellationToken cancel)
    {
        var line = _presses++ % Counters;
        var (seq, written, answered) = (_journal.LastSeq, _panels.Next(), _keysIntake.Next());
        var edge = Stopwatch.GetTimestamp();
        _lines.Send(line, active: true, _stamp);
        var answer = await answered.WaitAsync(Patience, cancel);
        var called = answer.Events.Select(recorded => recorded.Fact).OfType<HallEvent.TicketCalled>().Single();
        if (called.Counter.Value != line + 1 || answer.Events[0].Seq <= seq) throw new InvalidOperationException($"The key of counter {line + 1} called {called.Number} to counter {called.Counter.Value}.");

        var shown = await written.WaitAsync(Patience, cancel);
        var (asked, durable) = _journal.Last;
        var stages = new Stages(edge, _keysIntake.Came, asked, durable, _published, shown);
        if (_journal.LastEvents[^1].Seq != answer.Events[^1].Seq || shown < durable || Shown(line) != called.Number.ToString())
        {
            // The clock's event or the panels' refresh came between: this press says nothing.
            stages = stages with { Clean = false };
            await UntilShownAsync(line, called.Number.ToString(), cancel);
        }

        _lines.Send(line, active: false, _stamp + Held);
        _stamp += BetweenPresses;
        return stages;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _devices.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.StopAsync();
        await _app.DisposeAsync();
        _journal.Dispose();
        _stop.Dispose();
    }

    private static DeviceSettings Settings(string id, string driver, JsonObject options) => new(id, driver, "emulated:", JsonSerializer.SerializeToElement(options));

    private async Task OpenAsync(CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        while (_feed.Latest.State.Phase != DayPhase.Open)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience) throw new TimeoutException("The hall did not open its day.");
            await Task.Delay(20, cancel);
        }
    }

    // What the panels show is read off the chips, as a customer would.
    private string Shown(int line) => (string)_chips.Look()["panels"]![line]!["text"]!;

    private async Task UntilShownAsync(int line, string number, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Shown(line) != number)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience) throw new TimeoutException($"Panel {line + 1} shows \"{Shown(line)}\" in place of {number}.");
            await Task.Delay(1, cancel);
        }
    }

    private async Task PollAsync(HallFeed told, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(PollEvery, cancel);
            if (_feed.Latest is var latest && latest.Seq != told.Latest.Seq) told.Publish(latest);
        }
    }
}
