using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;

namespace Kiosk.Firmware;

/// <summary>The hall's profile from its file, or every mistake in it.</summary>
internal static class ProfileFile
{
    /// <summary>Null after the mistakes were written.</summary>
    public static HallProfile? Read(string path, TextWriter mistakes)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            mistakes.WriteLine($"The profile {path} cannot be read: {failed.Message} Name another with --profile FILE.");
            return null;
        }

        var reading = ProfileReader.Read(json, DeviceSupervisor.Check);
        if (reading.Profile is { } profile) return profile;

        mistakes.WriteLine($"The profile {path} has {reading.Mistakes.Length} mistake{(reading.Mistakes.Length == 1 ? "" : "s")}; nothing was started.");
        foreach (var mistake in reading.Mistakes) mistakes.WriteLine($"  {mistake}");
        return null;
    }
}
