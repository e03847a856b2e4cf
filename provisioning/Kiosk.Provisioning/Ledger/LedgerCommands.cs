using System.CommandLine;
using System.Globalization;

namespace Kiosk.Provisioning.Ledger;

/// <summary><c>kioskctl ledger</c>: reads the book of money, and never writes in it.</summary>
internal static class LedgerCommands
{
    private const int HashDigits = 64;

    public static Command Of(TimeProvider time, Func<Option<string>> data, Func<string, Option<bool>> json) => new("ledger", "Verifies and shows the ledger of the self-service terminal.")
    {
        Verify(time, data()), List(time, data(), json("One JSON object per line.")), Balance(time, data()),
    };

    private static Command Verify(TimeProvider time, Option<string> data)
    {
        var head = new Option<string?>("--head") { Description = "The hash that stands on a Z report: it must be that of an entry.", HelpName = "HASH" };
        head.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(token.Value.Length == HashDigits && token.Value.All(char.IsAsciiHexDigit)))
                result.AddError($"--head takes the {HashDigits} hexadecimal digits of a Z report, not \"{token.Value}\".");
        });
        var command = new Command("verify", "Goes through the chain of hashes from the first entry to the last. What was changed, taken out or put in is named.\n" +
            "Entries taken off the end leave a chain that is whole: only a hash on paper (--head) shows that they are missing.\n" +
            "Exit code 0: every entry is as it was written; 1: an entry is not, or none has the hash.")
        {
            data, head,
        };
        command.SetAction((line, cancel) => new LedgerVerification(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, time)
            .RunAsync(line.GetRequiredValue(data), line.GetValue(head), cancel));
        return command;
    }

    private static Command List(TimeProvider time, Option<string> data, Option<bool> json)
    {
        var day = new Option<DateOnly?>("--day")
        {
            Description = "Only entries of this day, in local time.",
            HelpName = "DATE",
            CustomParser = given =>
            {
                if (DateOnly.TryParseExact(given.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;

                given.AddError($"--day takes a date as 2026-01-05, not \"{given.Tokens[0].Value}\".");
                return null;
            },
        };
        var command = new Command("list", "Shows the ledger's entries, one line each: local time, number, what happened, who asked. Entries are kept for ever.") { data, day, json };
        command.SetAction((line, cancel) => new LedgerListing(line.InvocationConfiguration.Output, time)
            .RunAsync(line.GetRequiredValue(data), line.GetValue(day), line.GetValue(json), cancel));
        return command;
    }

    private static Command Balance(TimeProvider time, Option<string> data)
    {
        var command = new Command("balance", "Reckons the ledger from its first entry: brought forward and accepted = credited, returned, under way and in cases; then the open cases and the postings that wait.\n" +
            "Exit code 0: it adds up; 1: it does not.")
        {
            data,
        };
        command.SetAction((line, cancel) => new LedgerBalance(line.InvocationConfiguration.Output, time).RunAsync(line.GetRequiredValue(data), cancel));
        return command;
    }
}
