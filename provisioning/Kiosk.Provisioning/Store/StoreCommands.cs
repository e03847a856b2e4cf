using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store</c>: the other side of the contract.</summary>
internal static class StoreCommands
{
    private const int ExpiresDefault = 30, ExpiresMost = 24 * 3600;

    public static Command Of(TimeProvider time, Func<Option<string>> data, Func<string, Option<bool>> json) =>
        new("store", "The store's side of a hall: keeps an exact copy of it from its events, and commands it. The contract: firmware/docs/mqtt.md.")
        {
            Watch(time, json("JSON instead of the live picture: one object each second; what was odd goes to the error output.")),
            Compare(time),
            Send(time, json("The answer as the hall sent it.")),
            Rebirth(time),
            Export(),
            Forget(time, data()),
        };

    private static Command Watch(TimeProvider time, Option<bool> json)
    {
        var (broker, hall, db) = (new BrokerOptions(), Hall(), Db());
        var noAck = new Option<bool>("--no-ack") { Description = "Only looks: the hall is not told what is safe here. For every copy of a hall but one." };
        var until = new Option<bool>("--until-caught-up") { Description = "Ends when the copy has everything that the hall says to have." };
        var command = new Command("watch", "Keeps the copy and shows it live until Ctrl-C; JSON lines where the output is no terminal. Acknowledges what is on disk, asks for what is missing.\n" +
            "Exit code 0; 1: the hall contradicted what it had said before; 77: the broker does not let us in, or denies a topic (with --until-caught-up).")
        {
            hall, db, noAck, until, json,
        };
        broker.AddTo(command);
        command.SetAction((line, cancel) =>
        {
            var output = line.InvocationConfiguration.Output;
            var live = !line.GetValue(json) && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
            return new StoreWatch(output, line.InvocationConfiguration.Error, time)
                .RunAsync(broker.Of(line), line.GetValue(hall), line.GetValue(db), !line.GetValue(noAck), line.GetValue(until), live, cancel);
        });
        return command;
    }

    private static Command Compare(TimeProvider time)
    {
        var (broker, hall, db) = (new BrokerOptions(), Hall(), Db());
        var command = new Command("compare", "Brings the copy up to date and holds what it makes of the events against the hall's retained texts, each as of the same event. Acknowledges nothing.\n" +
            "Exit code 0: copy and hall agree; 1: they differ, and it says where; 69: they cannot be compared now.")
        {
            hall, db,
        };
        broker.AddTo(command);
        command.SetAction((line, cancel) => new StoreCompare(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, time)
            .RunAsync(broker.Of(line), line.GetValue(hall), line.GetValue(db), cancel));
        return command;
    }

    private static Command Send(TimeProvider time, Option<bool> json)
    {
        var (broker, hall) = (new BrokerOptions(), Hall());
        var action = new Argument<string>("action") { Description = $"What is to be done: {string.Join(", ", StoreActions.All)}." };
        var arguments = new Argument<string[]>("arguments") { Description = "name=value; numbers, booleans, objects and quoted texts go as the JSON they are.", Arity = ArgumentArity.ZeroOrMore };
        var expires = new Option<int>("--expires")
        {
            Description = "Seconds after which nobody is to do it any more; the answer is awaited as long.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => ExpiresDefault,
        };
        expires.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= ExpiresMost))
                given.AddError($"--expires takes a whole number from 1 to {ExpiresMost}, not \"{token.Value}\".");
        });
        var id = new Option<string?>("--id") { Description = "Names the command: sent again with the same id it is not carried out twice, and the first answer comes again. Random where it is left out.", HelpName = "ID" };
        var command = new Command("send", "Sends a command to the hall, on cmd/USER where --user is given, else on cmd, and shows the answer.\n" +
            "Exit code 0: done; 1: refused or failed; 69: no answer.")
        {
            action, arguments, hall, expires, id, json,
        };
        broker.AddTo(command);
        command.SetAction((line, cancel) => new StoreSend(line.InvocationConfiguration.Output, time).RunAsync(
            broker.Of(line), line.GetValue(hall), line.GetRequiredValue(action), line.GetValue(arguments) ?? [], TimeSpan.FromSeconds(line.GetValue(expires)), line.GetValue(id), line.GetValue(json), cancel));
        return command;
    }

    private static Command Rebirth(TimeProvider time)
    {
        var (broker, hall) = (new BrokerOptions(), Hall());
        var after = new Option<long?>("--after")
        {
            Description = "Events with a greater number, of the hall's present epoch; where it is left out, those behind the last acknowledged one.",
            HelpName = "SEQ",
            CustomParser = WholeNumber,
        };
        var command = new Command("rebirth", "Asks the hall to say its events, all of its state and its devices again. Who has them drops the repeats.") { hall, after };
        broker.AddTo(command);
        command.SetAction((line, cancel) => new StoreRebirth(line.InvocationConfiguration.Output, time).RunAsync(broker.Of(line), line.GetValue(hall), line.GetValue(after), cancel));
        return command;
    }

    private static Command Export()
    {
        var (hall, db) = (Hall("Of which hall; needed where there are several."), Db());
        var csv = new Option<bool>("--csv") { Description = $"A table for a spreadsheet: {StoreExport.Head}." };
        var jsonl = new Option<bool>("--jsonl") { Description = "The events as the hall sent them, one JSON object per line." };
        var command = new Command("export", "Writes a copy's events to the output, in order. Asks nobody.") { hall, db, csv, jsonl };
        command.Validators.Add(given =>
        {
            if (given.GetValue(csv) == given.GetValue(jsonl)) given.AddError("export takes either --csv or --jsonl.");
        });
        command.SetAction((line, cancel) => new StoreExport(line.InvocationConfiguration.Output).RunAsync(line.GetValue(hall), line.GetValue(db), line.GetValue(csv), cancel));
        return command;
    }

    private static Command Forget(TimeProvider time, Option<string> data)
    {
        var command = new Command("forget", "On the hall's board: the store that acknowledged so far is not waited for any more, and does not hold old events in the journal. Stop it first: what it still acknowledges makes it count again.\n" +
            "It is in the hall's audit. Exit code 0; 64: no store has acknowledged.")
        {
            data,
        };
        command.SetAction((line, cancel) => new StoreForget(line.InvocationConfiguration.Output, time).RunAsync(line.GetRequiredValue(data), cancel));
        return command;
    }

    private static Option<string?> Hall(string description = "The hall's id; where it is left out, the only one that says its status at the broker.") =>
        new("--hall") { Description = description, HelpName = "ID" };

    private static Option<string?> Db() => new("--db")
    {
        Description = $"The copy's file; where it is left out, {StorePlaces.Of("ID")}.",
        HelpName = "FILE",
    };

    private static long? WholeNumber(ArgumentResult given)
    {
        if (long.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return seq;

        given.AddError($"--after takes a whole number from 0 up, not \"{given.Tokens[0].Value}\".");
        return null;
    }
}
