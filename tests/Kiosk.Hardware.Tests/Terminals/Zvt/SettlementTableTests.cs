using Kiosk.Hardware.Terminals;
using static Kiosk.Hardware.Tests.Terminals.Zvt.ScriptedTerminal;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>The rows recover, query and reversing of the state table in devices.md. Receipt 7 was the newest before the payment, 8 is the payment's.</summary>
public sealed class SettlementTableTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private static readonly CardAmount Bill = new(4210, "EUR");
    private static readonly CardSlip Slip = new(Bill, "52500038", 8, 0, "", "", "");

    [Fact]
    public async Task Recover_registers_and_enquires_until_not_busy()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = terminal.Device.SettleAsync(new CardDoubt(Bill, 7, null, true), terminal.Ledger, default);
        for (var busy = 0; busy < 3; busy++)
        {
            await EnquiredAsync(terminal, "9C");
            await terminal.Clock.ArmedAsync(TimeSpan.FromSeconds(2));
            terminal.Clock.AdvanceMs(2000);
        }

        await EnquiredAsync(terminal, "00");
        await terminal.ExpectAsync("06 20 05 123456 03 03");
        Assert.False(settling.IsCompleted);
    }

    [Fact]
    public async Task Query_same_amount_newer_receipt_27_00_and_delivered_is_paid()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, 7, null, true));
        await ToldAsync(terminal, Status("00"));

        Assert.Equal(Slip, Assert.IsType<CardOutcome.Paid>(await settling.WaitAsync(Watchdog)).Slip);
        Assert.Empty(terminal.Ledger.Journal);
    }

    [Fact]
    public async Task Query_of_a_payment_that_was_authorised_knows_it_by_its_own_receipt()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, null, Slip, true));
        await ToldAsync(terminal, Status("00"));

        Assert.IsType<CardOutcome.Paid>(await settling.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Query_same_amount_newer_receipt_27_00_and_not_delivered_is_journalled_and_reversed()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var durable = new TaskCompletionSource();
        terminal.Ledger.Durable = _ => durable.Task;
        await QueriedAsync(terminal, new CardDoubt(Bill, 7, null, false));
        await ToldAsync(terminal, Status("00"));
        await Task.Delay(50);
        terminal.ExpectNothing();
        Assert.Equal(["reversing"], terminal.Ledger.Journal);

        durable.SetResult();
        await terminal.ExpectAsync("06 30 06 123456 87 0008");
    }

    [Theory]
    [InlineData(7, "27 00 04 000000004210 87 0007", "the same amount, but the payment before")]
    [InlineData(7, "27 00 04 000000001000 87 0006", "older than the one before")]
    [InlineData(7, "27 6C 04 000000004210 87 0008", "27 is not 00")]
    [InlineData(7, "27 05", "27 is not 00, and nothing else")]
    [InlineData(7, "27 00 04 000000004210 87 0009 37 001001", "reversed")]
    [InlineData(1, "27 00 04 000000004210 87 9999", "older, before the numbers began again")]
    public async Task Query_older_receipt_or_reversed_or_27_not_00_is_not_paid(int before, string status, string why)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, before, null, false));
        await ToldAsync(terminal, status);

        Assert.True(await settling.WaitAsync(Watchdog) is CardOutcome.NotPaid, why);
        terminal.ExpectNothing();
    }

    [Theory]
    [InlineData("27 00 04 000000004211 87 0008", 7, "another amount")]
    [InlineData("27 00 04 000000004210 49 0840 87 0008", 7, "another currency")]
    [InlineData("04 000000004210 87 0008", 7, "no result")]
    [InlineData("27 00 04 000000004210", 7, "no receipt")]
    [InlineData("27 00 04 000000004210 87 0008", null, "none before is known")]
    [InlineData("27 00 04 000000004210 87 0008 29 11111111", 7, "another terminal")]
    [InlineData("27 B5 04 000000004210 87 0009 37 001001", 7, "a reversal that failed")]
    public async Task Query_ambiguous_keeps_it_unknown(string status, int? before, string why)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, before, null, false, "52500038"));
        await ToldAsync(terminal, status);

        Assert.True(await settling.WaitAsync(Watchdog) is CardOutcome.Unknown, why);
        terminal.ExpectNothing();
    }

    [Fact]
    public async Task Query_newer_than_the_payments_own_receipt_keeps_it_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, 7, Slip, false));
        await ToldAsync(terminal, Status("00", receipt: 9));

        Assert.IsType<CardOutcome.Unknown>(await settling.WaitAsync(Watchdog));
        terminal.ExpectNothing();
    }

    [Theory]
    [InlineData("84 83 00", false)]
    [InlineData(null, false)]
    [InlineData(null, true)]
    public async Task Query_84_xx_or_nothing_keeps_it_unknown(string? answer, bool lost)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, 7, null, false), accept: false);
        if (answer is not null) terminal.Say(answer);
        else if (lost) terminal.Break();
        else await terminal.FallSilentAsync(5);

        Assert.IsType<CardOutcome.Unknown>(await settling.WaitAsync(Watchdog));
        terminal.ExpectNothing();
    }

    [Fact]
    public async Task Query_that_ends_without_a_status_keeps_it_unknown()
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, 7, null, false));
        terminal.Say("06 0F", "");
        await terminal.ExpectAsync("80 00 00");

        Assert.IsType<CardOutcome.Unknown>(await settling.WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData("04 0F", "27 00")]
    [InlineData("06 1E", "B4")]
    public async Task Reversing_27_00_or_already_reversed_is_reversed(string command, string data)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await ReversingAsync(terminal);
        terminal.Say(command, data);
        await terminal.ExpectAsync("80 00 00");
        if (command == "04 0F") terminal.Break();

        Assert.IsType<CardOutcome.Reversed>(await settling.WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData("06 1E", "B5")]
    [InlineData("06 0F", "")]
    public async Task Reversing_anything_else_keeps_it_unknown(string command, string data)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await ReversingAsync(terminal);
        terminal.Say(command, data);
        await terminal.ExpectAsync("80 00 00");

        Assert.IsType<CardOutcome.Unknown>(await settling.WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reversing_T4_or_link_lost_keeps_it_unknown(bool lost)
    {
        await using var terminal = await new ScriptedTerminal().RegisteredAsync();
        var settling = await ReversingAsync(terminal);
        if (lost) terminal.Break();
        else await terminal.FallSilentAsync();

        Assert.IsType<CardOutcome.Unknown>(await settling.WaitAsync(Watchdog));
        terminal.ExpectNothing();
    }

    private static async Task EnquiredAsync(ScriptedTerminal terminal, string code)
    {
        await terminal.ExpectAsync("05 01 00");
        terminal.Say("80 00 00");
        terminal.Say("06 0F", code);
        await terminal.ExpectAsync("80 00 00");
    }

    private static async Task<Task<CardOutcome>> QueriedAsync(ScriptedTerminal terminal, CardDoubt doubt, bool accept = true)
    {
        var settling = terminal.Device.SettleAsync(doubt, terminal.Ledger, default);
        await EnquiredAsync(terminal, "00");
        await terminal.ExpectAsync("06 20 05 123456 03 03");
        if (accept) terminal.Say("80 00 00");
        return settling;
    }

    private static async Task ToldAsync(ScriptedTerminal terminal, string status)
    {
        terminal.Say("04 0F", status);
        await terminal.ExpectAsync("80 00 00");
        terminal.Say("06 0F", "");
        await terminal.ExpectAsync("80 00 00");
    }

    private static async Task<Task<CardOutcome>> ReversingAsync(ScriptedTerminal terminal)
    {
        var settling = await QueriedAsync(terminal, new CardDoubt(Bill, 7, null, false));
        await ToldAsync(terminal, Status("00"));
        await terminal.ExpectAsync("06 30 06 123456 87 0008");
        terminal.Say("80 00 00");
        return settling;
    }
}
