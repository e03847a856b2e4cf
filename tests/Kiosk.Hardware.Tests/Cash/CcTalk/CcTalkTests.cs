using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.CcTalk;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Tests.Cash.CcTalk;

/// <summary>What is ccTalk's own: its counter, its lost events, its escrow.</summary>
public sealed class CcTalkTests
{
    private const long Large = 10_000, Small = 2_000, Coin = 100;

    [Fact]
    public Task Counter_that_wraps_from_255_to_1_credits_each_note_once() => AtDesk(true, async (desk, machine) =>
    {
        machine.SetCounter(252);
        await desk.OpenAsync(Large);
        desk.Insert(Large, Large, Large);

        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 3);
        await desk.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(3, desk.Ledger.Credits(Large));
        CashBooks.Balance(desk, "wrapped");
    });

    [Fact]
    public Task Events_that_were_lost_while_a_note_was_stacked_leave_it_in_doubt_by_its_value() => AtDesk(true, async (desk, machine) =>
    {
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);

        machine.LoseEvents(3);
        await desk.PassAsync(TimeSpan.FromMilliseconds(10));
        desk.Till.Pass();
        await LoseAsync(desk, machine, 9);

        await desk.UntilAsync(() => desk.Ledger.Doubts(Large) + desk.Ledger.Credits(Large) == 1);
        CashBooks.Balance(desk, "lost events");
    });

    [Fact]
    public Task Refused_notes_that_were_lost_as_events_are_no_case() => AtDesk(true, async (desk, machine) =>
    {
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 1);

        machine.LoseEvents(100);
        await desk.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(0, desk.Ledger.Doubts(Large) + desk.Ledger.Doubts(null));
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 2);
    });

    [Fact]
    public Task Coins_whose_events_were_lost_are_named_one_by_one() => AtDesk(false, async (desk, machine) =>
    {
        await desk.OpenAsync(Coin);
        await desk.UntilAsync(() => machine.Wants(Coin));

        // Eight coins and eleven refused ones between two questions: three coins fall out of the buffer with them.
        machine.Till.Take(Coin);
        machine.Till.Take(Coin);
        machine.Till.Take(Coin);
        machine.LoseEvents(11);
        machine.Till.Take(Coin);

        await desk.UntilAsync(() => desk.Ledger.Doubts(null) == 3);
        Assert.Equal(1, desk.Ledger.Credits(Coin));
        Assert.Contains("events of the device were lost", desk.Ledger.Entries.OfType<CashEntry.InDoubt>().First().Why, StringComparison.Ordinal);
        CashBooks.Balance(desk, "lost coins");
    });

    [Fact]
    public Task Coins_lost_without_an_accept_counter_are_named_as_unknown() => AtDesk(false, async (desk, machine) =>
    {
        await desk.OpenAsync(Coin);
        await desk.UntilAsync(() => machine.Wants(Coin));

        machine.Till.Take(Coin);
        machine.LoseEvents(11);

        await desk.UntilAsync(() => desk.Ledger.Doubts(null) == 1);
        Assert.Contains("no accept counter", desk.Ledger.Entries.OfType<CashEntry.InDoubt>().First().Why, StringComparison.Ordinal);
    }, """{"acceptCounter": "off"}""");

    [Fact]
    public Task Reset_between_escrow_and_stack_is_in_doubt_and_the_next_note_is_taken() => AtDesk(true, async (desk, machine) =>
    {
        var durable = new TaskCompletionSource<bool>();
        desk.Ledger.Decide = _ => durable.Task;
        await desk.OpenAsync(Large, Small);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.Escrow);
        await desk.PassAsync(TimeSpan.FromMilliseconds(500));

        machine.LosePower();
        await desk.PassAsync(TimeSpan.FromSeconds(2));
        durable.SetResult(true);

        await desk.UntilAsync(() => desk.Ledger.Doubts(Large) == 1);
        Assert.Equal(1, desk.Till.Returned[Large]);
        desk.Insert(Small);
        await desk.UntilAsync(() => desk.Ledger.Credits(Small) == 1);
        CashBooks.Balance(desk, "reset");
    });

    [Fact]
    public Task Device_that_loses_patience_gives_the_note_back_and_the_order_to_stack_comes_too_late() => AtDesk(true, async (desk, _) =>
    {
        var durable = new TaskCompletionSource<bool>();
        desk.Ledger.Decide = _ => durable.Task;
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.Escrow);
        await desk.PassAsync(TimeSpan.FromMilliseconds(500));

        desk.Till.GiveBack();
        durable.SetResult(true);

        await desk.UntilAsync(() => desk.Ledger.Returns(Large) == 1);
        await desk.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((0, 0), (desk.Ledger.Credits(Large), desk.Ledger.Doubts(Large)));
    });

    [Fact]
    public Task Order_whose_answer_was_lost_is_not_given_again_without_asking() => AtDesk(true, async (desk, machine) =>
    {
        var orders = 0;
        await desk.OpenAsync(Large);
        var answer = machine.Answer;
        machine.Answer = bytes =>
        {
            // The first answer after the note began to move is that to the order.
            if (machine.Till.Place == TillPlace.TowardsBox && orders++ == 0) return;
            answer(bytes);
        };
        desk.Insert(Large);

        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 1);
        Assert.True(orders > 0);
        CashBooks.Balance(desk, "answer lost");
    });

    [Fact]
    public Task Note_that_neither_arrives_nor_comes_back_is_in_doubt_in_time() => AtDesk(true, async (desk, machine) =>
    {
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);

        // Events stand still: what comes in is the same as before.
        var (answer, held) = (machine.Answer, (byte[]?)null);
        machine.Answer = bytes => answer(bytes.Length > 10 ? held ??= bytes : bytes);

        await desk.UntilAsync(() => desk.Ledger.Doubts(Large) == 1);
        Assert.Equal(DeviceFault.Jam, desk.Acceptor!.Health.Fault);
    });

    [Fact]
    public Task Answers_with_wrong_checksums_end_as_not_understood() => AtDesk(true, async (desk, machine) =>
    {
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => machine.Wants(Large));

        ((IWiredDevice)machine).Misbehave("bad-checksum");
        await desk.UntilAsync(() => desk.Serving.IsCompleted);

        Assert.Equal(DeviceFault.NotUnderstood, (await Assert.ThrowsAsync<DeviceLostException>(() => desk.Serving)).Fault);
    });

    [Fact]
    public Task Echo_that_was_expected_and_does_not_come_is_not_understood() => AtDesk(true, async (desk, machine) =>
    {
        machine.LosePower();
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => desk.OpenAsync(Large));
        Assert.Equal(DeviceFault.NotUnderstood, lost.Fault);
    }, host: """{"echo": true}""");

    [Fact]
    public Task Counter_that_runs_back_is_no_new_event_but_an_answer_out_of_step() => AtDesk(true, async (desk, machine) =>
    {
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 1);

        machine.SetCounter(1);
        await desk.UntilAsync(() => desk.Serving.IsCompleted);

        Assert.Equal(DeviceFault.Silent, (await Assert.ThrowsAsync<DeviceLostException>(() => desk.Serving)).Fault);
        Assert.Equal(0, desk.Ledger.Doubts(null) + desk.Ledger.Doubts(Large));
    });

    [Fact]
    public Task Coin_driver_on_a_note_acceptor_says_what_it_found() => AtDesk(true, async (desk, _) =>
    {
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => desk.OpenAsync(Large));
        Assert.Equal(DeviceFault.NotUnderstood, lost.Fault);
        Assert.Contains("\"Bill Validator\", not a \"Coin Acceptor\"", lost.Message, StringComparison.Ordinal);
    }, host: """{"address": 40}""", hostNotes: false);

    [Fact]
    public Task Coins_that_fell_while_the_host_was_away_are_credited_when_it_is_back() => AtDesk(false, async (desk, machine) =>
    {
        await desk.OpenAsync(Coin);
        await desk.UntilAsync(() => machine.Wants(Coin));
        machine.Till.Take(Coin);
        machine.Till.Take(Coin);
        desk.Ledger.Die();
        await desk.PassAsync(TimeSpan.FromSeconds(1));
        await desk.CloseAsync();
        desk.Ledger.Restart();

        await desk.OpenAsync(Coin);
        await desk.UntilAsync(() => desk.Ledger.Credits(Coin) == 2);
        CashBooks.Balance(desk, "host away");
    });

    [Fact]
    public Task Box_that_was_exchanged_among_lost_events_is_told_as_exchanged() => AtDesk(true, async (desk, machine) =>
    {
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => machine.Wants(Large));

        desk.Till.TakeBox();
        machine.LoseEvents(7);
        desk.Till.PutBox();

        await desk.UntilAsync(() => desk.Ledger.Facts.Any());
        Assert.Equal([new CashEntry.BoxRemoved(), new CashEntry.BoxInserted()], desk.Ledger.Facts);
    });

    [Fact]
    public Task Fraud_is_shown_for_a_while() => AtDesk(true, async (desk, _) =>
    {
        var durable = new TaskCompletionSource<bool>();
        desk.Ledger.Decide = _ => durable.Task;
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.Escrow);
        desk.Till.Pull();
        durable.SetResult(false);

        await desk.UntilAsync(() => desk.Acceptor!.Health is { State: HealthState.Degraded, Fault: DeviceFault.FraudAttempt });
        await desk.PassAsync(TimeSpan.FromMinutes(1));
        await desk.UntilAsync(() => desk.Acceptor!.Health.State == HealthState.Ok);
    });

    private static async Task LoseAsync(CashDesk desk, CcTalkMachine machine, int events)
    {
        machine.LoseEvents(events);
        await desk.PassAsync(TimeSpan.FromMilliseconds(20));
    }

    /// <param name="options">Of the machine and, without <paramref name="host"/>, of the driver.</param>
    private static Task AtDesk(bool notes, Func<CashDesk, CcTalkMachine, Task> work, string options = "{}", string? host = null, bool? hostNotes = null) => Task.Run(async () =>
    {
        var make = new CcTalkMaker(CcTalkMake.Read(notes, options), CcTalkMake.Read(hostNotes ?? notes, host ?? options));
        await using var desk = new CashDesk(make);
        await work(desk, (CcTalkMachine)desk.Machine);
    }).WaitAsync(TimeSpan.FromSeconds(60));
}
