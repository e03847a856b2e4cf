using Kiosk.Hardware.Cash.Emulation;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>What goes.</summary>
public enum Cut
{
    /// <summary>The cable, or the host's own power: the device goes on by itself.</summary>
    Link,

    /// <summary>The device's power, and the link with it.</summary>
    DeviceAndLink,

    /// <summary>The device's power for a moment: behind a serial adapter the host sees only a pause.</summary>
    Device,
}

/// <summary>The same conversation again and again, each time cut one byte later; then opened again with what the ledger knows, and the books compared.</summary>
internal sealed class CashCutSweep(ICashMake make, long kept, long refused)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    /// <summary>So long the ledger takes to decide about a note.</summary>
    public TimeSpan Thinking { get; init; }

    public int Points { get; private set; }

    /// <summary>Entries in doubt over all runs.</summary>
    public int Doubts { get; private set; }

    /// <param name="answering">Cut within what the device answers; else within what the host sends.</param>
    /// <param name="keepsAtPowerUp">The device's motor pushes what is in the way into the box.</param>
    public Task BytesAsync(Cut cut, bool answering, bool keepsAtPowerUp) => SweepAsync((desk, at) =>
    {
        var (bytes, done) = (0, false);
        desk.Till.KeepsAtPowerUp = keepsAtPowerUp;
        void Count()
        {
            if (done || bytes++ < at) return;
            done = true;
            if (cut != Cut.Link)
            {
                desk.Machine.LosePower();
                desk.Link!.Mute();
            }

            if (cut != Cut.Device) desk.Link!.Cut();
        }

        if (answering) desk.Answering = Count;
        else desk.Sending = Count;
        return () => done;
    });

    /// <summary>The host dies at a write of its ledger, before or after it is durable.</summary>
    public Task WritesAsync(bool durable) => SweepAsync((desk, at) =>
    {
        (desk.Ledger.DiesAt, desk.Ledger.DiesAfter) = (at, durable);
        var died = false;
        desk.Ledger.Died += () => died = true;
        return () => died;
    });

    // Not on a test's own context: without one, all goes on within the clock's call.
    private Task SweepAsync(Func<CashDesk, int, Func<bool>> arm) => Task.Run(async () =>
    {
        for (var at = 0; ; at++)
        {
            await using var desk = new CashDesk(make);
            desk.Ledger.Decide = async item =>
            {
                if (Thinking > TimeSpan.Zero) await Task.Delay(Thinking, desk.Clock);
                return item.Minor != refused;
            };
            var cut = arm(desk, at);
            desk.Insert(kept, refused, kept);
            await DayAsync(desk, $"cut at {at}");
            Doubts += desk.Ledger.Entries.OfType<CashEntry.InDoubt>().Count();
            if (!cut()) return;
            Points++;
        }
    });

    private async Task DayAsync(CashDesk desk, string when)
    {
        for (var openings = 0; ; openings++)
        {
            Assert.True(openings < 5, $"{when}: it never came back");
            if (await ServedAsync(desk)) break;
            desk.Ledger.Restart();

            // The device is alone for a while and finishes what it was doing.
            await desk.PassAsync(TimeSpan.FromSeconds(1));
        }

        CashBooks.Balance(desk, when);
    }

    /// <returns>False: lost on the way.</returns>
    private async Task<bool> ServedAsync(CashDesk desk)
    {
        try
        {
            await desk.OpenAsync(kept, refused);
        }
        catch (Exception lost) when (lost is DeviceLostException or HostDiedException)
        {
            return false;
        }

        await desk.UntilAsync(() => desk.Serving.IsCompleted || Settled(desk));
        if (!desk.Serving.IsCompleted) await desk.UntilAsync(AfterRest(desk));
        var whole = !desk.Serving.IsCompleted;
        if (!whole && desk.Serving.Exception?.InnerException is not (DeviceLostException or HostDiedException)) await desk.Serving;
        desk.Link!.Cut();
        await desk.CloseAsync();
        return whole;
    }

    private static bool Settled(CashDesk desk) => desk.PurseEmpty && desk.Till.Place is TillPlace.Nowhere && desk.Ledger is { Deciding: false, Past.Stacking: null };

    private static Func<bool> AfterRest(CashDesk desk)
    {
        var end = desk.Clock.GetTimestamp() + Rest.Ticks;
        return () => desk.Serving.IsCompleted || desk.Clock.GetTimestamp() >= end;
    }
}
