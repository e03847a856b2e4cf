using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Journal;

namespace Kiosk.Firmware;

/// <summary>The profile's file is tried in full before the host lets go of the one it has.</summary>
internal sealed class ProfileReload(LaunchOptions options, HallProfile profile, IJournal journal, IHostApplicationLifetime host) : IProfileReload
{
    /// <summary>The host was stopped to begin anew.</summary>
    public bool Asked { get; private set; }

    public string Check()
    {
        using var mistakes = new StringWriter();
        if (ProfileFile.Read(options.Profile, mistakes) is not { } fresh) return mistakes.ToString().Trim();
        if (fresh.Id != profile.Id) return $"id: it is \"{fresh.Id}\" there and \"{profile.Id}\" here. Another hall needs another data directory: stop the host and start it with --data.";

        try
        {
            Recovery.Run(journal, fresh, Appliance.Prints(fresh), LearnedFile.Read(options.Data, journal.Epoch));
            return "";
        }
        catch (JournalRefusedException conflict)
        {
            return conflict.Message;
        }
    }

    public void Begin()
    {
        Asked = true;
        host.StopApplication();
    }
}
