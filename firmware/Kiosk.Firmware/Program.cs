using Kiosk.Domain.Site;
using Kiosk.Firmware;
using Kiosk.Firmware.Devices;
using Kiosk.Journal;

if (LaunchOptions.Parse(args, out var exitCode) is not { } options) return exitCode;
if (ProfileFile.Read(options.Profile, Console.Error) is not { } profile) return ExitCode.BadProfile;

try
{
    using var journal = SqliteJournal.Open(options.Data, $"kiosk host on {options.Url}");
    return await Appliance.RunAsync(options, profile, journal);
}
catch (JournalRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return ExitCode.NoJournal;
}
