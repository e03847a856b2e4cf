using Kiosk.Hardware.Terminals;

namespace Kiosk.Hardware.Tests.Terminals;

/// <summary>What was cut off, and what is asked for afterwards.</summary>
public abstract partial class CardTerminalConformance
{
    [Fact]
    public async Task Terminal_that_falls_silent_leaves_the_outcome_unknown_and_is_given_up()
    {
        await using var terminal = await OpenAsync();
        await PayByCardAsync(terminal, new CardLedger());
        terminal.Do("silence", """{"on": true}""");
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), default, default);
        await terminal.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        await PassAsync(terminal, TimeSpan.FromSeconds(6), paying);

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        Assert.False(terminal.Device.Ready);
        Assert.Equal(DeviceFault.Silent, (await terminal.LostAsync()).Fault);
        Assert.Equal(HealthState.OutOfService, terminal.Device.Health.State);
        Assert.Equal(CardRefusal.NotReady, Assert.IsType<CardOutcome.NotPaid>(await PayAsync(terminal, new CardLedger())).Reason);
    }

    [Fact]
    public async Task Pulled_cable_ends_the_device_and_the_next_one_settles_what_was_in_doubt()
    {
        await using var terminal = await OpenAsync();
        var before = Assert.IsType<CardOutcome.Paid>(await PayByCardAsync(terminal, new CardLedger())).Slip.Receipt;
        terminal.Do("remove");
        var paying = terminal.Device.PayAsync(Bill, new CardLedger(), default, default);
        await terminal.SeeAsync(() => State(terminal) == "card");
        terminal.Do("power", """{"state": "off"}""");

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        Assert.Equal(DeviceFault.Disconnected, (await terminal.LostAsync()).Fault);
        await terminal.Device.DisposeAsync();
        terminal.Do("power", """{"state": "on"}""");
        await terminal.OpenAsync();
        var settled = await terminal.Device.SettleAsync(new CardDoubt(Bill, before, null, Stands: true), new CardLedger(), default).WaitAsync(Watchdog);

        Assert.IsType<CardOutcome.NotPaid>(settled);
        Assert.True(terminal.Device.Ready);
    }

    [Fact]
    public async Task Payment_that_must_not_stand_is_reversed_once_however_often_it_is_settled()
    {
        await using var terminal = await OpenAsync();
        var slip = Assert.IsType<CardOutcome.Paid>(await PayByCardAsync(terminal, new CardLedger())).Slip;
        var doubt = new CardDoubt(Bill, null, slip, Stands: false);

        Assert.IsType<CardOutcome.Reversed>(await terminal.Device.SettleAsync(doubt, new CardLedger(), default).WaitAsync(Watchdog));
        Assert.IsType<CardOutcome.NotPaid>(await terminal.Device.SettleAsync(doubt, new CardLedger(), default).WaitAsync(Watchdog));

        Assert.Equal([(slip.Receipt, 4210L, "reversed")], Receipts(terminal));
    }

    [Fact]
    public async Task Terminal_that_forgot_leaves_the_outcome_unknown()
    {
        await using var terminal = await OpenAsync();
        var slip = Assert.IsType<CardOutcome.Paid>(await PayByCardAsync(terminal, new CardLedger())).Slip;
        terminal.Do("forget");

        Assert.IsType<CardOutcome.Unknown>(await terminal.Device.SettleAsync(new CardDoubt(Bill, null, slip, true), new CardLedger(), default).WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Terminal_that_is_busy_is_asked_again_until_it_is_not()
    {
        await using var terminal = await OpenAsync();
        var slip = Assert.IsType<CardOutcome.Paid>(await PayByCardAsync(terminal, new CardLedger())).Slip;
        terminal.Do("busy", """{"on": true}""");
        var settling = terminal.Device.SettleAsync(new CardDoubt(Bill, null, slip, true), new CardLedger(), default);
        await PassAsync(terminal, TimeSpan.FromSeconds(7), settling);
        Assert.False(settling.IsCompleted);

        terminal.Do("busy", """{"on": false}""");
        await PassAsync(terminal, TimeSpan.FromSeconds(3), settling);

        Assert.IsType<CardOutcome.Paid>(await settling.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task End_of_day_tells_what_was_charged_and_begins_anew()
    {
        await using var terminal = await OpenAsync();
        var first = Assert.IsType<CardOutcome.Paid>(await PayByCardAsync(terminal, new CardLedger())).Slip.Receipt;
        await PayByCardAsync(terminal, new CardLedger { Decide = _ => Task.FromResult(CardVerdict.Reverse) });
        var last = Assert.IsType<CardOutcome.Paid>(await PayByCardAsync(terminal, new CardLedger())).Slip.Receipt;

        var totals = await terminal.Device.EndOfDayAsync(default).WaitAsync(Watchdog);
        var empty = await terminal.Device.EndOfDayAsync(default).WaitAsync(Watchdog);

        Assert.Equal((2, 8420L, first, last), (totals!.Count, totals.Total.Minor, totals.FirstReceipt, totals.LastReceipt));
        Assert.Equal([new CardTotalsLine("girocard", 2, 8420)], totals.Lines);
        Assert.Equal((0, 0L), (empty!.Count, empty.Total.Minor));
    }

    [Fact]
    public async Task End_of_day_that_is_refused_has_no_totals_and_health_says_why()
    {
        await using var terminal = await OpenAsync();
        terminal.Do("busy", """{"on": true}""");

        Assert.Null(await terminal.Device.EndOfDayAsync(default).WaitAsync(Watchdog));
        Assert.Contains("busy", terminal.Device.Health.Detail, StringComparison.Ordinal);
    }
}
