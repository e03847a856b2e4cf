using Kiosk.Hardware.Terminals;

namespace Kiosk.Hardware.Tests.Terminals;

/// <summary>
/// What every driver of a card terminal owes. Its emulator knows <c>card</c> (<c>result</c>: ok, declined, other-amount), <c>remove</c>, <c>abort</c>, <c>auto</c>,
/// <c>busy</c>, <c>end-of-day</c>, <c>forget</c> and those of the wire, and looks like <c>{"state": "card", "receipts": [{"number", "amount", "state"}]}</c>:
/// what it really charged.
/// </summary>
public abstract partial class CardTerminalConformance
{
    protected static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);
    protected static readonly CardAmount Bill = new(4210, "EUR");

    protected abstract IDriver Driver { get; }

    protected virtual string Options => """{"currency": "EUR"}""";

    /// <summary>Null where the driver takes the emulator itself.</summary>
    protected virtual DeviceCable? Cable() => null;

    [Fact]
    public async Task Opened_terminal_is_registered_and_ready()
    {
        await using var terminal = await OpenAsync();

        Assert.Equal(DeviceHealth.Ok, terminal.Device.Health);
        Assert.True(terminal.Device.Ready);
        Assert.False(string.IsNullOrEmpty(terminal.Device.TerminalId));
        Assert.True((bool)terminal.Emulator.Look()["registered"]!);
    }

    [Fact]
    public async Task Good_card_pays_once_and_every_step_is_journalled_in_its_order()
    {
        await using var terminal = await OpenAsync();
        var ledger = new CardLedger();

        var outcome = await PayByCardAsync(terminal, ledger);

        var paid = Assert.IsType<CardOutcome.Paid>(outcome);
        Assert.Equal(Bill, paid.Slip.Amount);
        Assert.Equal("•••• 4242", paid.Slip.MaskedCard);
        Assert.Equal(["sending", "authorised", "deciding", "committing"], ledger.Journal.Where(step => !step.Contains(' ', StringComparison.Ordinal)));
        Assert.Contains("showing 0A", ledger.Journal);
        Assert.Equal([(paid.Slip.Receipt, 4210L, "booked")], Receipts(terminal));
        Assert.True(terminal.Device.Ready);
    }

    [Fact]
    public async Task Declined_card_pays_nothing_and_the_next_one_does()
    {
        await using var terminal = await OpenAsync();

        var declined = await PayByCardAsync(terminal, new CardLedger(), "declined");
        terminal.Do("remove");
        var paid = await PayByCardAsync(terminal, new CardLedger());

        Assert.Equal(CardRefusal.Declined, Assert.IsType<CardOutcome.NotPaid>(declined).Reason);
        Assert.IsType<CardOutcome.Paid>(paid);
        Assert.Single(Receipts(terminal));
    }

    [Fact]
    public async Task Other_amount_than_asked_is_taken_back()
    {
        await using var terminal = await OpenAsync();
        var ledger = new CardLedger();

        Assert.IsType<CardOutcome.Reversed>(await PayByCardAsync(terminal, ledger, "other-amount"));

        Assert.Contains("reversing", ledger.Journal);
        Assert.DoesNotContain("authorised", ledger.Journal);
        Assert.Equal(["reversed"], Receipts(terminal).Select(receipt => receipt.State));
    }

    [Fact]
    public async Task Payment_that_cannot_be_delivered_is_taken_back()
    {
        await using var terminal = await OpenAsync();
        var ledger = new CardLedger { Decide = _ => Task.FromResult(CardVerdict.Reverse) };

        Assert.IsType<CardOutcome.Reversed>(await PayByCardAsync(terminal, ledger));

        Assert.Equal(["reversed"], Receipts(terminal).Select(receipt => receipt.State));
    }

    [Fact]
    public async Task Customer_who_does_not_want_any_more_stops_it_before_the_card_is_presented()
    {
        await using var terminal = await OpenAsync();
        using var abort = new CancellationTokenSource();
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), abort.Token, default);
        await terminal.SeeAsync(() => State(terminal) == "card");

        await abort.CancelAsync();

        Assert.Equal(CardRefusal.Aborted, Assert.IsType<CardOutcome.NotPaid>(await paying.WaitAsync(Watchdog)).Reason);
        Assert.Empty(Receipts(terminal));
        Assert.True(terminal.Device.Ready);
    }

    [Fact]
    public async Task Terminal_that_refuses_to_stop_goes_on_and_may_still_be_paid_at()
    {
        await using var terminal = await OpenAsync();
        terminal.Do("misbehave", """{"mode": "no-abort"}""");
        using var abort = new CancellationTokenSource();
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), abort.Token, default);
        await terminal.SeeAsync(() => State(terminal) == "card");

        await abort.CancelAsync();
        terminal.Do("card");

        Assert.IsType<CardOutcome.Paid>(await paying.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Red_key_at_the_terminal_stops_it()
    {
        await using var terminal = await OpenAsync();
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), default, default);
        await terminal.SeeAsync(() => State(terminal) == "card");
        terminal.Do("abort");

        Assert.Equal(CardRefusal.Aborted, Assert.IsType<CardOutcome.NotPaid>(await paying.WaitAsync(Watchdog)).Reason);
    }

    [Fact]
    public async Task Card_that_nobody_presents_is_waited_for_until_the_terminal_gives_up()
    {
        await using var terminal = await OpenAsync();
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), default, default);
        await terminal.SeeAsync(() => State(terminal) == "card");

        await PassAsync(terminal, TimeSpan.FromSeconds(61), paying);

        Assert.Equal(CardRefusal.TimedOut, Assert.IsType<CardOutcome.NotPaid>(await paying.WaitAsync(Watchdog)).Reason);
    }

    [Theory]
    [InlineData("busy", """{"on": true}""")]
    [InlineData("end-of-day", """{"due": true}""")]
    public async Task Terminal_that_takes_no_payment_says_so_and_is_not_ready_any_more(string control, string arguments)
    {
        await using var terminal = await OpenAsync();
        terminal.Do(control, arguments);

        Assert.Equal(CardRefusal.Refused, Assert.IsType<CardOutcome.NotPaid>(await PayAsync(terminal, new CardLedger())).Reason);
        Assert.False(terminal.Device.Ready);
        Assert.Equal(CardRefusal.NotReady, Assert.IsType<CardOutcome.NotPaid>(await PayAsync(terminal, new CardLedger())).Reason);
    }

    [Fact]
    public async Task Payment_is_held_while_it_is_delivered()
    {
        await using var terminal = await OpenAsync();
        var verdict = new TaskCompletionSource<CardVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ledger = new CardLedger { Decide = _ => verdict.Task };
        var paying = PayByCardAsync(terminal, ledger);
        await terminal.SeeAsync(() => State(terminal) == "held");

        await PassAsync(terminal, TimeSpan.FromSeconds(8), paying);
        Assert.False(paying.IsCompleted);
        verdict.SetResult(CardVerdict.Commit);
        await PassAsync(terminal, TimeSpan.FromSeconds(3), paying);

        Assert.IsType<CardOutcome.Paid>(await paying.WaitAsync(Watchdog));
        Assert.Equal(["booked"], Receipts(terminal).Select(receipt => receipt.State));
    }

    [Fact]
    public async Task Decision_is_hurried_before_the_terminal_stops_holding()
    {
        await using var terminal = await OpenAsync();
        var ledger = new CardLedger { Decide = HurriedAsync };
        var paying = PayByCardAsync(terminal, ledger);
        await terminal.SeeAsync(() => State(terminal) == "held");

        await PassAsync(terminal, TimeSpan.FromSeconds(40), paying);

        Assert.IsType<CardOutcome.Paid>(await paying.WaitAsync(Watchdog));
        Assert.Equal(["booked"], Receipts(terminal).Select(receipt => receipt.State));
    }

    [Fact]
    public async Task Terminal_that_stops_holding_has_taken_the_payment_back()
    {
        await using var terminal = await OpenAsync();
        var verdict = new TaskCompletionSource<CardVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        var paying = PayByCardAsync(terminal, new CardLedger { Decide = _ => verdict.Task });
        await terminal.SeeAsync(() => State(terminal) == "held");

        await PassAsync(terminal, TimeSpan.FromSeconds(60), paying, () => State(terminal) == "idle");
        verdict.SetResult(CardVerdict.Commit);

        Assert.IsType<CardOutcome.Reversed>(await paying.WaitAsync(Watchdog));
        Assert.Equal(["reversed"], Receipts(terminal).Select(receipt => receipt.State));
    }

    [Theory]
    [InlineData("split")]
    [InlineData("none")]
    public async Task Answers_in_any_pieces_are_understood(string mode)
    {
        await using var terminal = await OpenAsync();
        terminal.Do("misbehave", $$"""{"mode": "{{mode}}"}""");

        Assert.IsType<CardOutcome.Paid>(await PayByCardAsync(terminal, new CardLedger()));
    }

    [Fact]
    public async Task Answers_that_are_none_leave_the_outcome_unknown()
    {
        await using var terminal = await OpenAsync();
        terminal.Do("misbehave", """{"mode": "garbage"}""");
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), default, default);
        await PassAsync(terminal, TimeSpan.FromSeconds(6), paying);

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        await terminal.LostAsync();
    }

    [Fact]
    public async Task Terminal_is_seen_as_a_picture_with_what_it_says()
    {
        await using var terminal = await OpenAsync();
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), default, default);
        await terminal.SeeAsync(() => State(terminal) == "card");

        Assert.Contains("42.10 EUR", Assert.Single(terminal.Emulator.Pictures), StringComparison.Ordinal);
        terminal.Do("abort");
        await paying.WaitAsync(Watchdog);
    }

    [Fact]
    public async Task Test_before_opening_reaches_the_card_network_and_says_that_all_is_well()
    {
        await using var terminal = await OpenAsync();

        Assert.Equal(DeviceHealth.Ok, await terminal.Device.TestAsync(default).WaitAsync(Watchdog));
        terminal.Do("end-of-day", """{"due": true}""");
        Assert.Equal(HealthState.Degraded, (await terminal.Device.TestAsync(default).WaitAsync(Watchdog)).State);
        Assert.False(terminal.Device.Ready);
    }

    [Fact]
    public async Task State_is_looked_after_while_nobody_pays()
    {
        await using var terminal = await OpenAsync();
        terminal.Do("end-of-day", """{"due": true}""");
        await terminal.Clock.ArmedAsync(TimeSpan.FromSeconds(15));

        terminal.Clock.Advance(TimeSpan.FromSeconds(15));
        await terminal.SeeAsync(() => terminal.Device.Health.State == HealthState.Degraded);
        Assert.False(terminal.Device.Ready);
    }

    protected async Task<RunningDevice<ICardTerminal>> OpenAsync() => await new RunningDevice<ICardTerminal>(Driver, Options, cable: Cable()).OpenAsync();

    protected static async Task<CardOutcome> PayByCardAsync(RunningDevice<ICardTerminal> terminal, ICardSteps ledger, string result = "ok")
    {
        terminal.Do("card", $$"""{"result": "{{result}}"}""");
        return await PayAsync(terminal, ledger);
    }

    protected static Task<CardOutcome> PayAsync(RunningDevice<ICardTerminal> terminal, ICardSteps ledger) =>
        terminal.Device.PayAsync(Bill, ledger, default, default).WaitAsync(Watchdog);

    protected static List<(int Number, long Amount, string State)> Receipts(RunningDevice<ICardTerminal> terminal) =>
        [.. terminal.Emulator.Look()["receipts"]!.AsArray().Select(receipt => ((int)receipt!["number"]!, (long)receipt["amount"]!, (string)receipt["state"]!))];

    /// <summary>Lets time pass in steps that leave the wire room to breathe, until it has passed or the work is done.</summary>
    protected static async Task PassAsync(RunningDevice<ICardTerminal> terminal, TimeSpan time, Task work, Func<bool>? until = null)
    {
        for (var passed = TimeSpan.Zero; passed < time && !work.IsCompleted && until?.Invoke() != true; passed += TimeSpan.FromMilliseconds(500))
        {
            terminal.Clock.AdvanceMs(500);
            await Task.WhenAny(work, Task.Delay(15));
        }
    }

    private static string State(RunningDevice<ICardTerminal> terminal) => (string)terminal.Emulator.Look()["state"]!;

    private static async Task<CardVerdict> HurriedAsync(CancellationToken hurry)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = hurry.Register(() => asked.TrySetResult());
        await asked.Task;
        return CardVerdict.Commit;
    }
}
