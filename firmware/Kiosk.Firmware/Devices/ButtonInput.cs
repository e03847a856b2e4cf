using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware;
using Kiosk.Hardware.Buttons;
using Kiosk.Journal;

namespace Kiosk.Firmware.Devices;

/// <summary>Turns presses on call units into commands of their counter. A press is applied once, by (device, boot, sequence).</summary>
internal sealed partial class ButtonInput(IIntake intake, HallFeed feed, ILogger<ButtonInput> log) : IDeviceAttendant
{
    public DeviceClass Class => DeviceClass.CallButtons;

    public async Task AttendAsync(DeviceSettings settings, IDevice device, CancellationToken cancel)
    {
        var buttons = (ICallButtons)device;
        await foreach (var press in buttons.Presses.ReadAllAsync(cancel)) buttons.Acknowledge(press.Panel, await PressAsync(settings.Id, press, cancel));
    }

    /// <returns>Whether it had its effect: what the lamp of the panel says.</returns>
    private async Task<bool> PressAsync(string device, KeyPress press, CancellationToken cancel)
    {
        var clerk = feed.Latest.State.Counters.GetValueOrDefault(new(press.Panel))?.Clerk;
        if (clerk is null && feed.Profile.Rules.KeysNeedSignIn)
        {
            LogNobody(log, press.Panel, press.Key);
            return false;
        }

        var request = new Request($"{device}:{press.Boot:N}:{press.Sequence}", $"keys-{press.Panel}", Command(press), Who: clerk);
        try
        {
            var answer = await intake.AskAsync(request, cancel);
            if (answer.Rejection is { } rejection) LogRejected(log, press.Panel, press.Key, rejection.Sentence());
            return answer.Rejection is null;
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            // The clerk sees that nothing was called and presses again.
            LogLost(log, press.Panel, press.Key, refused.Message);
            return false;
        }
    }

    private HallCommand Command(KeyPress press)
    {
        var counter = new CounterId(press.Panel);
        return press.Key switch
        {
            PanelKey.Next => new HallCommand.CallNext(counter, SitDown: true),
            PanelKey.Recall => new HallCommand.Recall(counter),
            PanelKey.Begin => new HallCommand.Begin(counter),
            PanelKey.Finish => new HallCommand.Finish(counter),
            PanelKey.NoShow => new HallCommand.MarkNoShow(counter),
            PanelKey.Hold => new HallCommand.Hold(counter),
            PanelKey.Pause when Paused(counter) => new HallCommand.ResumeCounter(counter),
            PanelKey.Pause => new HallCommand.PauseCounter(counter),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private bool Paused(CounterId counter) =>
        feed.Latest.State.Counters.TryGetValue(counter, out var state) && state.Phase == CounterPhase.Paused;

    [LoggerMessage(1, LogLevel.Information, "Key {Key} of counter {Panel}: {Sentence}")]
    private static partial void LogRejected(ILogger log, int panel, PanelKey key, string sentence);

    [LoggerMessage(3, LogLevel.Information, "Key {Key} of counter {Panel} had no effect: nobody is signed in there")]
    private static partial void LogNobody(ILogger log, int panel, PanelKey key);

    [LoggerMessage(2, LogLevel.Warning, "Key {Key} of counter {Panel} had no effect: {Reason}")]
    private static partial void LogLost(ILogger log, int panel, PanelKey key, string reason);
}
