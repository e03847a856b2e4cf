using System.CommandLine;
using Kiosk.Journal.Accounts;

namespace Kiosk.Provisioning.Broker;

/// <summary>The command line of <c>kioskctl broker</c>.</summary>
internal static class BrokerCommands
{
    public static Command Of(Func<Option<string>> data, Func<string, Option<bool>> json) => new("broker", "The hall's own broker.")
    {
        new Command("user", "Users of the hall's own broker: who may read, acknowledge and send commands.")
        {
            Add(data()),
            Password(data()),
            Remove(data()),
            List(data(), json("One JSON object per line.")),
        },
    };

    private static Command Add(Option<string> data)
    {
        var (name, may, device, file, generate) = (Name(), May(), Device(), File(), Generate());
        var certificate = new Option<bool>("--certificate") { Description = "Without a password: who shows a certificate of this name (mqtt.listen.caFile in the profile)." };
        var command = new Command("add", "A new user. The password (12 to 100 signs) is asked for twice, read from --password-file or a pipe, or made with --generate.")
        {
            name, may, device, file, generate, certificate, data,
        };
        command.SetAction((line, cancel) => new BrokerUserCommand(line.InvocationConfiguration.Output).AddAsync(
            line.GetRequiredValue(data), line.GetRequiredValue(name), BrokerUser.RightOf(line.GetRequiredValue(may))!.Value, line.GetValue(device),
            line.GetValue(certificate) ? null : Secret(line, file, generate), line.GetValue(generate), cancel));
        return command;
    }

    private static Command Password(Option<string> data)
    {
        var (name, file, generate) = (Name(), File(), Generate());
        var command = new Command("password", "Sets a new password, asked for twice, read from --password-file or a pipe, or made with --generate.") { name, file, generate, data };
        command.SetAction((line, cancel) => new BrokerUserCommand(line.InvocationConfiguration.Output).PasswordAsync(
            line.GetRequiredValue(data), line.GetRequiredValue(name), Secret(line, file, generate), line.GetValue(generate), cancel));
        return command;
    }

    private static Command Remove(Option<string> data)
    {
        var name = Name();
        var command = new Command("remove", "Removes a user; a connection of theirs ends.") { name, data };
        command.SetAction((line, cancel) => new BrokerUserCommand(line.InvocationConfiguration.Output).RemoveAsync(line.GetRequiredValue(data), line.GetRequiredValue(name), cancel));
        return command;
    }

    private static Command List(Option<string> data, Option<bool> json)
    {
        var command = new Command("list", "All users: what they may, and by what they are known.") { data, json };
        command.SetAction((line, cancel) => new BrokerUserCommand(line.InvocationConfiguration.Output).ListAsync(line.GetRequiredValue(data), line.GetValue(json), cancel));
        return command;
    }

    private static string Secret(ParseResult line, Option<string?> file, Option<bool> generate)
    {
        if (line.GetValue(generate)) return BrokerPassword.Random();
        var password = new SecretPrompt("password").Read(line.GetValue(file), line.InvocationConfiguration.Error);
        return BrokerPassword.Trouble(password) is { } wrong ? throw new Trouble(ExitCode.Usage, wrong) : password!;
    }

    private static Argument<string> Name() => new("NAME") { Description = "a-z, 0-9, \".\", \"-\" and \"_\", at most 40." };

    private static Option<string?> Device() => new("--device") { Description = "Of a board: the id of its device.", HelpName = "ID" };

    private static Option<string?> File() => new("--password-file") { Description = "The password is the first line of this file.", HelpName = "FILE" };

    private static Option<bool> Generate() => new("--generate") { Description = "Makes a random password and prints it once." };

    private static Option<string> May()
    {
        var may = new Option<string>("--may") { Description = "store: read everything, acknowledge, send commands; board: its own device only; read: read everything.", HelpName = "WHAT", Required = true };
        may.AcceptOnlyFromAmong([.. BrokerUser.Rights]);
        return may;
    }
}
