using Kiosk.Domain.Site;
using Kiosk.Firmware;
using Kiosk.Firmware.Devices;
using Kiosk.Journal;

if (LaunchOptions.Parse(args, out var exitCode) is not { } options) return exitCode;
if (ProfileFile.Read(options.Profile, Console.Error) is not { } profile) return ExitCode.BadProfile;

try
{
    while (true)
    {
        using var journal = SqliteJournal.Open(options.Data, $"kiosk host on {options.Url}");
        var end = await Appliance.RunAsync(options, profile, journal);
        if (end != ExitCode.Again) return end;

        // It was right a moment ago; where somebody has spoilt it since, the hall goes on with what it has.
        profile = ProfileFile.Read(options.Profile, Console.Error) ?? profile;
    }
}
catch (JournalRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return ExitCode.NoJournal;
}
