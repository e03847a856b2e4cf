using Kiosk.Hardware.Terminals;
using static Kiosk.Hardware.Tests.Terminals.Zvt.ScriptedTerminal;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>Each row of the state table in devices.md from idle to voiding, played message by message. Names begin with the row's state and event.</summary>
public sealed partial class PaymentTableTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Idle_pay_journals_the_intent_before_the_first_byte_of_06_01()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var durable = new TaskCompletionSource();
        terminal.Ledger.Durable = step => step == "sending" ? durable.Task : Task.CompletedTask;
        var paying = terminal.PayAsync();
        await Task.Delay(50);
        terminal.ExpectNothing();

        durable.SetResult();
        await paying.WaitAsync(Watchdog);
        Assert.Equal(["sending"], terminal.Ledger.Journal);
    }

    [Fact]
    public async Task Sent_80_00_00_starts_T4_and_runs()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();

        // Longer than T3, shorter than T4.
        await terminal.FallSilentAsync(170);
        Assert.False(paying.IsCompleted);
        terminal.Say("06 1E", "6C");
        await EndsAsync<CardOutcome.NotPaid>(terminal, paying);
    }

    [Fact]
    public async Task Sent_84_xx_is_not_paid()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.PayAsync();
        terminal.Say("84 C3 00");

        Assert.Equal(new CardOutcome.NotPaid(CardRefusal.Refused, "C3"), await paying.WaitAsync(Watchdog));
        terminal.ExpectNothing();
        Assert.True(terminal.Device.Ready);
    }

    [Fact]
    public async Task Sent_T3_is_unknown_and_06_01_is_never_sent_again()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.PayAsync();
        await terminal.FallSilentAsync(5);

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        Assert.Equal(DeviceFault.Silent, (await terminal.LostAsync()).Fault);
        Assert.IsType<CardOutcome.NotPaid>(await terminal.Device.PayAsync(new CardAmount(4210, "EUR"), terminal.Ledger, default, default));
        terminal.ExpectNothing();
        Assert.Equal(1, terminal.Authorisations);
    }

    [Fact]
    public async Task Sent_link_lost_is_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.PayAsync();
        terminal.Break();

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        Assert.Equal(DeviceFault.Disconnected, (await terminal.LostAsync()).Fault);
    }

    [Fact]
    public async Task Running_04_FF_is_shown_and_answered_and_restarts_T4_by_its_minutes()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        await terminal.FallSilentAsync(170);
        terminal.Say("04 FF", "0A");
        await terminal.ExpectAsync("80 00 00");
        await terminal.FallSilentAsync(170);
        terminal.Say("04 FF", "0E 10");
        await terminal.ExpectAsync("80 00 00");

        await terminal.FallSilentAsync(9 * 60);
        Assert.False(paying.IsCompleted);
        Assert.Equal(["sending", "showing 0A", "showing 0E"], terminal.Ledger.Journal);
        await terminal.FallSilentAsync(61);
        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Running_04_0F_27_00_and_the_amount_is_journalled_before_it_is_answered()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var durable = new TaskCompletionSource();
        terminal.Ledger.Durable = step => step == "authorised" ? durable.Task : Task.CompletedTask;
        await terminal.RunningAsync();
        terminal.Say("04 0F", Status("00"));
        await Task.Delay(50);
        terminal.ExpectNothing();
        Assert.Equal(["sending", "authorised"], terminal.Ledger.Journal);

        durable.SetResult();
        await terminal.ExpectAsync("80 00 00");
        Assert.Equal(new CardSlip(new CardAmount(4210, "EUR"), "52500038", 8, 0, "", "", ""), terminal.Ledger.Slip);
    }

    [Theory]
    [InlineData("27 00 04 000000004211 87 0008")]
    [InlineData("27 00 04 000000004210 49 0840 87 0008")]
    [InlineData("27 00 87 0008")]
    public async Task Running_04_0F_27_00_and_another_amount_is_journalled_voiding_and_taken_back(string status)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        terminal.Say("04 0F", status);
        await terminal.ExpectAsync("84 66 00");
        Assert.Equal(["sending", "reversing"], terminal.Ledger.Journal);

        terminal.Say("04 0F", Status("6C"));
        await terminal.ExpectAsync("80 00 00");
        terminal.Say("06 1E", "6C");
        await EndsAsync<CardOutcome.Reversed>(terminal, paying);
    }

    [Fact]
    public async Task Running_04_0F_without_27_is_no_authorisation_and_is_not_made_one_by_the_answer()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        terminal.Say("04 0F", Status(null));
        await terminal.ExpectAsync("84 66 00");
        terminal.Say("06 0F", "");
        await EndsAsync<CardOutcome.NotPaid>(terminal, paying);
        Assert.Equal(["sending"], terminal.Ledger.Journal);
    }

    [Fact]
    public async Task Running_04_0F_27_not_00_is_answered_and_leads_to_ending()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        terminal.Say("04 0F", Status("05"));
        await terminal.ExpectAsync("80 00 00");
        Assert.False(paying.IsCompleted);
    }

    [Theory]
    [InlineData("6C", CardRefusal.Aborted)]
    [InlineData("05", CardRefusal.Declined)]
    public async Task Running_06_1E_is_answered_and_not_paid(string code, CardRefusal reason)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        terminal.Say("06 1E", code);

        await terminal.ExpectAsync("80 00 00");
        Assert.Equal(new CardOutcome.NotPaid(reason, code), await paying.WaitAsync(Watchdog));
        Assert.True(terminal.Device.Ready);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Running_T4_or_link_lost_is_unknown(bool lost)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        await EndsInLossAsync<CardOutcome.Unknown>(terminal, paying, lost);
    }

    [Fact]
    public async Task Running_06_0F_without_a_status_is_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        terminal.Say("06 0F", "");
        await EndsAsync<CardOutcome.Unknown>(terminal, paying);
        Assert.Equal(DeviceFault.OutcomeUnknown, terminal.Device.Health.Fault);
        Assert.False(terminal.Device.Ready);
    }

    [Theory]
    [InlineData("06 0F", "")]
    [InlineData("06 1E", "05")]
    public async Task Ending_06_0F_or_06_1E_is_answered_and_not_paid(string command, string data)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await EndingAsync(terminal);
        terminal.Say(command, data);
        await EndsAsync<CardOutcome.NotPaid>(terminal, paying);
        Assert.True(terminal.Device.Ready);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ending_T4_or_link_lost_is_not_paid_and_the_link_is_opened_anew(bool lost)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        await EndsInLossAsync<CardOutcome.NotPaid>(terminal, await EndingAsync(terminal), lost);
        await terminal.LostAsync();
    }

    [Fact]
    public async Task Ending_04_0F_27_00_was_a_wrong_PIN_before_and_is_authorised()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await EndingAsync(terminal);
        terminal.Say("04 0F", Status("00"));
        await terminal.ExpectAsync("80 00 00");
        terminal.Say("06 0F", "");
        await EndsAsync<CardOutcome.Paid>(terminal, paying);
    }

    [Fact]
    public async Task Message_that_is_malformed_is_not_answered_and_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await terminal.RunningAsync();
        terminal.Say("04 0F", "27 00 04 0000");

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        Assert.Equal(DeviceFault.NotUnderstood, (await terminal.LostAsync()).Fault);
        terminal.ExpectNothing();
    }

    private static async Task<Task<CardOutcome>> EndingAsync(ScriptedTerminal terminal)
    {
        var paying = await terminal.RunningAsync();
        terminal.Say("04 0F", Status("05"));
        await terminal.ExpectAsync("80 00 00");
        return paying;
    }

    private static async Task<T> EndsAsync<T>(ScriptedTerminal terminal, Task<CardOutcome> paying)
        where T : CardOutcome
    {
        await terminal.ExpectAsync("80 00 00");
        var outcome = Assert.IsType<T>(await paying.WaitAsync(Watchdog));
        Assert.Equal(1, terminal.Authorisations);
        return outcome;
    }

    private static async Task EndsInLossAsync<T>(ScriptedTerminal terminal, Task<CardOutcome> paying, bool lost)
        where T : CardOutcome
    {
        if (lost) terminal.Break();
        else await terminal.FallSilentAsync();
        Assert.IsType<T>(await paying.WaitAsync(Watchdog));
        terminal.ExpectNothing();
        Assert.Equal(1, terminal.Authorisations);
    }
}
