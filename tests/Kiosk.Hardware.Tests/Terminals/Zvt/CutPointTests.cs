using Kiosk.Hardware.Terminals;
using Kiosk.Hardware.Terminals.Zvt;
using Kiosk.Hardware.Terminals.Zvt.Emulation;
using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>
/// The power of the terminal, or the link, goes after each single byte that it got and after each that it said. Then everything is opened anew and settled: what
/// the ledger believes is what the terminal has in its books, and no card is charged twice.
/// </summary>
[Collection("pseudo-terminals")]
public sealed class CutPointTests(ITestOutputHelper output)
{
    private const string Plain = """{"currency": "EUR"}""", Receipts = """{"currency": "EUR", "receipts": "host"}""";

    public static TheoryData<string, bool, string> Wires => new()
    {
        { "reset-after", false, Plain }, { "loss-after", false, Plain }, { "reset-after", false, Receipts }, { "loss-after", false, Receipts },
        { "reset-after", true, Plain }, { "loss-after", true, Plain }, { "link-sent", false, Plain }, { "link-heard", false, Plain },
    };

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Payment_cut_anywhere_is_settled_as_the_terminal_booked_it(string cut, bool serial, string options)
    {
        await using var bench = new CutBench(options, serial);
        var points = await bench.CutEverywhereAsync(cut, bytes => bench.PayAsync(bytes, cut, "ok", CardVerdict.Commit));
        output.WriteLine($"{cut}, {(serial ? "serial" : "TCP")}, {options}: {points} cut points of a payment; {bench.Tally}");
        Assert.InRange(points, 20, 2000);
    }

    [Theory]
    [InlineData("reset-after", "ok", CardVerdict.Reverse)]
    [InlineData("loss-after", "ok", CardVerdict.Reverse)]
    [InlineData("reset-after", "other-amount", CardVerdict.Commit)]
    [InlineData("loss-after", "other-amount", CardVerdict.Commit)]
    [InlineData("reset-after", "declined", CardVerdict.Commit)]
    [InlineData("loss-after", "declined", CardVerdict.Commit)]
    [InlineData("link-sent", "ok", CardVerdict.Reverse)]
    [InlineData("link-heard", "other-amount", CardVerdict.Commit)]
    public async Task Payment_that_must_not_stand_cut_anywhere_is_charged_to_nobody(string cut, string card, CardVerdict verdict)
    {
        await using var bench = new CutBench(Plain, serial: false);
        var points = await bench.CutEverywhereAsync(cut, bytes => bench.PayAsync(bytes, cut, card, verdict));
        output.WriteLine($"{cut}: {points} cut points of a payment ({card}, {verdict}); {bench.Tally}");
        Assert.InRange(points, 20, 2000);
    }

    [Theory]
    [InlineData("reset-after")]
    [InlineData("loss-after")]
    [InlineData("link-sent")]
    [InlineData("link-heard")]
    public async Task Reversal_cut_anywhere_takes_the_payment_back_once(string cut)
    {
        await using var bench = new CutBench(Plain, serial: false);
        var points = await bench.CutEverywhereAsync(cut, bytes => bench.ReverseAsync(bytes, cut));
        output.WriteLine($"{cut}: {points} cut points of a settlement with reversal; {bench.Tally}");
        Assert.InRange(points, 20, 2000);
    }

    [Theory]
    [InlineData("reset-after")]
    [InlineData("loss-after")]
    [InlineData("link-sent")]
    [InlineData("link-heard")]
    public async Task End_of_day_cut_anywhere_charges_nobody_and_can_be_done_again(string cut)
    {
        await using var bench = new CutBench(Plain, serial: false);
        var points = await bench.CutEverywhereAsync(cut, bytes => bench.CloseDayAsync(bytes, cut));
        output.WriteLine($"{cut}: {points} cut points of an end of day; {bench.Tally}");
        Assert.InRange(points, 10, 2000);
    }
}
