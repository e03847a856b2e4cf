using System.CommandLine;
using Kiosk.Domain.Staff;
using Kiosk.Journal.Accounts;

namespace Kiosk.Provisioning.Staff;

/// <summary>The command line of <c>kioskctl staff</c>.</summary>
internal static class StaffCommands
{
    public static Command Of(TimeProvider time, Func<Option<string>> data, Func<string, Option<bool>> json) => new("staff", "Accounts of the staff: who may sign in, and as what.")
    {
        Add(time, data()),
        List(time, data(), json("One JSON object per line.")),
        Pin(time, data()),
        Role(time, data()),
        Simple("unlock", "Lets a user in again after too many wrong PINs.", time, data(), (staff, dir, user, cancel) => staff.UnlockAsync(dir, user, cancel)),
        Simple("remove", "Removes an account; its name is not given again.", time, data(), (staff, dir, user, cancel) => staff.RemoveAsync(dir, user, cancel)),
    };

    private static Command Add(TimeProvider time, Option<string> data)
    {
        var (user, role, file) = (User(), RoleOption(), PinFile());
        var command = new Command("add", "A new account. The PIN (6 to 12 digits) is asked for twice, or read from --pin-file or a pipe.") { user, role, data, file };
        command.SetAction((line, cancel) => On(line, time).AddAsync(
            line.GetRequiredValue(data), line.GetRequiredValue(user), StaffAccount.RoleOf(line.GetRequiredValue(role))!.Value, PinPrompt.Read(line.GetValue(file), line.InvocationConfiguration.Error), cancel));
        return command;
    }

    private static Command Pin(TimeProvider time, Option<string> data)
    {
        var (user, file) = (User(), PinFile());
        var command = new Command("pin", "Sets a new PIN, asked for twice, or read from --pin-file or a pipe.") { user, data, file };
        command.SetAction((line, cancel) => On(line, time).PinAsync(line.GetRequiredValue(data), line.GetRequiredValue(user), PinPrompt.Read(line.GetValue(file), line.InvocationConfiguration.Error), cancel));
        return command;
    }

    private static Command Role(TimeProvider time, Option<string> data)
    {
        var (user, role) = (User(), RoleOption());
        var command = new Command("role", "Gives a user another role.") { user, role, data };
        command.SetAction((line, cancel) => On(line, time).RoleAsync(line.GetRequiredValue(data), line.GetRequiredValue(user), StaffAccount.RoleOf(line.GetRequiredValue(role))!.Value, cancel));
        return command;
    }

    private static Command List(TimeProvider time, Option<string> data, Option<bool> json)
    {
        var command = new Command("list", "All accounts: role, last sign-in, whether locked.") { data, json };
        command.SetAction((line, cancel) => On(line, time).ListAsync(line.GetRequiredValue(data), line.GetValue(json), cancel));
        return command;
    }

    private static Command Simple(string name, string description, TimeProvider time, Option<string> data, Func<StaffCommand, string, string, CancellationToken, Task<int>> work)
    {
        var user = User();
        var command = new Command(name, description) { user, data };
        command.SetAction((line, cancel) => work(On(line, time), line.GetRequiredValue(data), line.GetRequiredValue(user), cancel));
        return command;
    }

    private static StaffCommand On(ParseResult line, TimeProvider time) => new(line.InvocationConfiguration.Output, time);

    private static Argument<string> User() => new("USER") { Description = "a-z, 0-9, \".\", \"-\" and \"_\", at most 40." };

    private static Option<string?> PinFile() => new("--pin-file") { Description = "The PIN is the first line of this file.", HelpName = "FILE" };

    private static Option<string> RoleOption()
    {
        var role = new Option<string>("--role") { Description = string.Join(", ", StaffAccount.Roles.SkipLast(1)) + " or " + StaffAccount.Roles[^1] + ".", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong([.. StaffAccount.Roles]);
        return role;
    }
}
