using Kiosk.Hardware.Terminals;
using Kiosk.Hardware.Terminals.Zvt;
using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>A terminal that says anything in any order.</summary>
public sealed class NonsenseTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private static readonly string[] Commands = ["04 FF", "04 0F", "04 0F", "04 0F", "04 0F", "04 0F", "06 0F", "06 1E", "06 D1", "06 D3", "80 00", "84 00", "84 9C", "06 01", "04 01", "0F 0F"];
    private static readonly string[] Good = ["27 00 04 000000004210 87 0008", "27 00 04 000000004210 87 0008", "27 00 04 000000004211 87 0008", "27 05", "27 6C"];
    private static readonly string[] Odd = ["", "00", "6C", "0A 10", "27 00", "27", "04 000000004210", "27 00 04 000000004210 87 0009"];

    [Fact]
    public async Task Terminal_that_talks_nonsense_is_never_asked_twice_to_pay_and_never_believed_without_a_commitment()
    {
        var random = new Random(4711);
        var outcomes = new Dictionary<string, int>();
        for (var round = 0; round < 200; round++)
        {
            await using var terminal = await new ScriptedTerminal().RegisteredAsync();
            var verdict = random.Next(3) == 0 ? CardVerdict.Reverse : CardVerdict.Commit;
            terminal.Ledger.Decide = _ => Task.FromResult(verdict);
            var paying = await terminal.RunningAsync();
            for (var message = 0; message < 12; message++)
            {
                if (random.Next(20) == 0) terminal.SayRaw([.. Enumerable.Range(0, random.Next(12)).Select(_ => (byte)random.Next(256))]);
                else terminal.Say(Commands[random.Next(Commands.Length)], random.Next(4) == 0 ? Odd[random.Next(Odd.Length)] : Good[random.Next(Good.Length)]);
            }

            // Until it has heard all of it, which is not to be seen where it still waits for more.
            await Task.WhenAny(paying, Task.Delay(20));
            terminal.Break();
            var outcome = await paying.WaitAsync(Watchdog);
            var name = outcome.GetType().Name;
            outcomes[name] = outcomes.GetValueOrDefault(name) + 1;
            Assert.Equal(0, terminal.FurtherAuthorisations());
            if (outcome is CardOutcome.Paid) Assert.Equal("committing", terminal.Ledger.Journal.Last(step => step is "committing" or "voiding"));
            if (outcome is CardOutcome.NotPaid) Assert.DoesNotContain("committing", terminal.Ledger.Journal);
        }

        output.WriteLine(string.Join(", ", outcomes.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.Equal(4, outcomes.Count);
    }
}
