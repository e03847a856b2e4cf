using System.Collections.Immutable;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Hardware;
using Kiosk.Hardware.Printers.Templates;

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

        var reading = ProfileReader.Read(json, DeviceSupervisor.Check, driver => DriverCatalog.Find(driver)?.Class.ToString());
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var all = reading.Mistakes.AddRange(SlipTemplateFile.Check(folder, reading.Profile?.Slips ?? ImmutableSortedDictionary<string, string>.Empty)
            .Select(found => new ProfileMistake($"slips.{found.Kind}", $"{found.File}: {found.Mistake}")))
            .AddRange(BillerFiles.Check(reading.Profile?.Payments, folder));
        if (reading.Profile is { } profile && all is []) return profile;

        mistakes.WriteLine($"The profile {path} has {all.Length} mistake{(all.Length == 1 ? "" : "s")}; nothing was started.");
        foreach (var mistake in all) mistakes.WriteLine($"  {mistake}");
        return null;
    }
}
