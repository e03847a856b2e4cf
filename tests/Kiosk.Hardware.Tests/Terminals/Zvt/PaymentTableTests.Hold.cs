using Kiosk.Hardware.Terminals;
using static Kiosk.Hardware.Tests.Terminals.Zvt.ScriptedTerminal;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>The rows behind an authorisation: hold, committing, voiding.</summary>
public sealed partial class PaymentTableTests
{
    [Fact]
    public async Task Hold_delivering_is_answered_with_84_9C_each_time_and_never_aborted()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var verdict = new TaskCompletionSource<CardVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        terminal.Ledger.Decide = _ => verdict.Task;
        using var abort = new CancellationTokenSource();
        var paying = await HoldAsync(terminal, abort.Token);
        await abort.CancelAsync();
        for (var repeat = 0; repeat < 5; repeat++)
        {
            terminal.Say("04 0F", Status("00"));
            await terminal.ExpectAsync("84 9C 00");
        }

        verdict.SetResult(CardVerdict.Commit);
        await Task.Delay(50);
        terminal.ExpectNothing();
        terminal.Say("04 0F", Status("00"));
        await terminal.ExpectAsync("80 00 00");
        Assert.False(paying.IsCompleted);
    }

    [Theory]
    [InlineData(CardVerdict.Commit, "80 00 00", "committing")]
    [InlineData(CardVerdict.Reverse, "84 66 00", "voiding")]
    public async Task Hold_delivered_or_not_is_journalled_before_it_is_answered(CardVerdict verdict, string answer, string step)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        terminal.Ledger.Decide = _ => Task.FromResult(verdict);
        await terminal.RunningAsync();
        terminal.Say("04 0F", Status("00"));
        await terminal.ExpectAsync(answer);
        Assert.Equal(["sending", "authorised", "deciding", step], terminal.Ledger.Journal);
    }

    [Fact]
    public async Task Hold_link_lost_is_unknown_and_the_decision_is_hurried_and_waited_for()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var hurried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        terminal.Ledger.Decide = async hurry =>
        {
            await using var registration = hurry.Register(() => hurried.TrySetResult());
            await hurried.Task;
            return CardVerdict.Reverse;
        };
        var paying = await HoldAsync(terminal);
        terminal.Break();

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        Assert.Equal("voiding", terminal.Ledger.Journal[^1]);
    }

    [Fact]
    public async Task Hold_restart_is_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        terminal.Ledger.Decide = hurry => Task.Delay(Timeout.Infinite, hurry).ContinueWith(_ => CardVerdict.Commit, TaskScheduler.Default);
        using var cancel = new CancellationTokenSource();
        var paying = await HoldAsync(terminal, default, cancel.Token);
        await cancel.CancelAsync();

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        await terminal.LostAsync();
    }

    [Fact]
    public async Task Hold_another_payment_than_the_one_held_is_not_answered_and_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        terminal.Ledger.Decide = hurry => Task.Delay(Timeout.Infinite, hurry).ContinueWith(_ => CardVerdict.Commit, TaskScheduler.Default);
        var paying = await HoldAsync(terminal);
        terminal.Say("04 0F", Status("00", receipt: 9));

        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
        terminal.ExpectNothing();
    }

    [Fact]
    public async Task Committing_06_D1_and_06_D3_are_kept_before_they_are_answered_with_masked_numbers()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await CommittingAsync(terminal);
        var durable = new TaskCompletionSource();
        terminal.Ledger.Durable = step => step.StartsWith("Customer", StringComparison.Ordinal) ? durable.Task : Task.CompletedTask;
        terminal.Say("06 D1", "00" + Convert.ToHexString("Karte 6228480012344242"u8));
        await Task.Delay(50);
        terminal.ExpectNothing();
        durable.SetResult();
        await terminal.ExpectAsync("80 00 00");

        terminal.Say("06 D3", "06 0F 1F07 01 01 25 09 07 03 414243 07 02 4445");
        await terminal.ExpectAsync("80 00 00");
        terminal.Say("06 0F", "");
        await EndsAsync<CardOutcome.Paid>(terminal, paying);
        Assert.Equal(["Customer: Karte •••• 4242", "Merchant: ABC|DE"], terminal.Ledger.Journal.TakeLast(2));
    }

    [Fact]
    public async Task Committing_06_0F_is_answered_and_paid()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await CommittingAsync(terminal);
        terminal.Say("06 0F", "");

        Assert.Equal(8, (await EndsAsync<CardOutcome.Paid>(terminal, paying)).Slip.Receipt);
        Assert.True(terminal.Device.Ready);
    }

    [Fact]
    public async Task Committing_06_1E_is_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await CommittingAsync(terminal);
        terminal.Say("06 1E", "6C");
        await EndsAsync<CardOutcome.Unknown>(terminal, paying);
        Assert.Equal(DeviceFault.OutcomeUnknown, terminal.Device.Health.Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Committing_T4_or_link_lost_is_unknown(bool lost)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        await EndsInLossAsync<CardOutcome.Unknown>(terminal, await CommittingAsync(terminal), lost);
    }

    [Fact]
    public async Task Committing_restart_is_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        using var cancel = new CancellationTokenSource();
        var paying = await CommittingAsync(terminal, cancel.Token);
        await cancel.CancelAsync();
        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Voiding_04_0F_27_not_00_is_answered_and_reversed()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await VoidingAsync(terminal);
        terminal.Say("04 0F", Status("6C"));
        await terminal.ExpectAsync("80 00 00");
        terminal.Break();
        Assert.IsType<CardOutcome.Reversed>(await paying.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Voiding_06_1E_is_answered_and_reversed()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await VoidingAsync(terminal);
        terminal.Say("06 1E", "6C");
        await EndsAsync<CardOutcome.Reversed>(terminal, paying);
    }

    [Fact]
    public async Task Voiding_06_0F_is_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var paying = await VoidingAsync(terminal);
        terminal.Say("06 0F", "");
        await EndsAsync<CardOutcome.Unknown>(terminal, paying);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Voiding_T4_or_link_lost_is_unknown(bool lost)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        await EndsInLossAsync<CardOutcome.Unknown>(terminal, await VoidingAsync(terminal), lost);
    }

    [Fact]
    public async Task Voiding_restart_is_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        using var cancel = new CancellationTokenSource();
        var paying = await VoidingAsync(terminal, cancel.Token);
        await cancel.CancelAsync();
        Assert.IsType<CardOutcome.Unknown>(await paying.WaitAsync(Watchdog));
    }

    /// <summary>The grace for a quick decision is over, and the terminal was told to wait.</summary>
    private static async Task<Task<CardOutcome>> HoldAsync(ScriptedTerminal terminal, CancellationToken abort = default, CancellationToken cancel = default)
    {
        var paying = await terminal.RunningAsync(abort, cancel);
        terminal.Say("04 0F", Status("00"));
        await terminal.Clock.ArmedAsync(TimeSpan.FromSeconds(1));
        terminal.Clock.AdvanceMs(1000);
        await terminal.ExpectAsync("84 9C 00");
        return paying;
    }

    private static async Task<Task<CardOutcome>> CommittingAsync(ScriptedTerminal terminal, CancellationToken cancel = default)
    {
        var paying = await terminal.RunningAsync(default, cancel);
        terminal.Say("04 0F", Status("00"));
        await terminal.ExpectAsync("80 00 00");
        return paying;
    }

    private static async Task<Task<CardOutcome>> VoidingAsync(ScriptedTerminal terminal, CancellationToken cancel = default)
    {
        terminal.Ledger.Decide = _ => Task.FromResult(CardVerdict.Reverse);
        var paying = await terminal.RunningAsync(default, cancel);
        terminal.Say("04 0F", Status("00"));
        await terminal.ExpectAsync("84 66 00");
        return paying;
    }
}
