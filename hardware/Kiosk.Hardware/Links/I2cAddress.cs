using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kiosk.Hardware.Links;

/// <summary>
/// Where an I2C bus is: <c>i2c:///dev/i2c-1</c>, or <c>i2c:NAME</c> with the adapter's own name, which stays when numbers change. Either may end
/// with <c>?address=0x70</c>.
/// </summary>
/// <param name="Path">Null where a name is given.</param>
/// <param name="Name">As in <c>/sys/bus/i2c/devices/i2c-1/name</c>; null where a path is given.</param>
/// <param name="Chip">Of a lone chip; null where the options have the addresses.</param>
internal sealed record I2cAddress(string? Path, string? Name, int? Chip)
{
    public const string Scheme = "i2c";

    /// <summary>0x00 to 0x07 and 0x78 to 0x7f are reserved. Source: UM10204, section 3.1.12.</summary>
    public const int Lowest = 0x08, Highest = 0x77;

    private const string Adapters = "/sys/bus/i2c/devices";

    /// <param name="message">What is wrong and what is allowed; null if all is well.</param>
    public static bool TryParse(string link, [NotNullWhen(true)] out I2cAddress? address, [NotNullWhen(false)] out string? message)
    {
        (address, message) = (null, null);
        if (!link.StartsWith(Scheme + ":", StringComparison.Ordinal))
        {
            message = $"\"{link}\" is not i2c:///dev/i2c-N, i2c:NAME of an adapter, or emulated:";
            return false;
        }

        var (place, query) = link[(Scheme.Length + 1)..].Split('?', 2) is [var p, var q] ? (p, q) : (link[(Scheme.Length + 1)..], null);
        int? chip = null;
        if (query is not null)
        {
            if (!query.StartsWith("address=", StringComparison.Ordinal) || !TryParseChip(query["address=".Length..], out var found))
            {
                message = $"\"{link}\": \"{query}\" is not address=0x70; allowed are addresses from 0x{Lowest:x2} to 0x{Highest:x2}";
                return false;
            }

            chip = found;
        }

        address = place.StartsWith("///", StringComparison.Ordinal) ? new(place[2..], null, chip) : new(null, Uri.UnescapeDataString(place), chip);
        if ((address.Path ?? address.Name) is not ("" or "/") && !place.StartsWith("//", StringComparison.Ordinal) | address.Path is not null) return true;
        message = $"\"{link}\" names no bus; allowed: i2c:///dev/i2c-N, or i2c:NAME of an adapter";
        address = null;
        return false;
    }

    /// <param name="text"><c>0x70</c> or <c>112</c>.</param>
    public static bool TryParseChip(string text, out int chip)
    {
        var hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(hex ? text[2..] : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out chip)
            && chip is >= Lowest and <= Highest;
    }

    /// <param name="adapters">The folder of the kernel's list.</param>
    /// <returns>As <c>/dev/i2c-1</c>.</returns>
    /// <exception cref="DeviceLostException">No adapter has this name, or several have.</exception>
    public string Find(string adapters = Adapters)
    {
        if (Path is not null) return Path;
        var known = Known(adapters);
        return known.Where(adapter => adapter.Name == Name).ToList() switch
        {
            [var one] => $"/dev/{one.Bus}",
            [] => throw new DeviceLostException(DeviceFault.Disconnected, $"no I2C adapter is named \"{Name}\"; there are: {Listed(known)}"),
            var several => throw new DeviceLostException(DeviceFault.Disconnected, $"several I2C adapters are named \"{Name}\": {Listed(several)}; name one by its path"),
        };
    }

    private static List<(string Bus, string Name)> Known(string adapters)
    {
        if (!Directory.Exists(adapters)) return [];
        return [.. Directory.EnumerateFileSystemEntries(adapters, "i2c-*").Order(StringComparer.Ordinal).Select(entry => (System.IO.Path.GetFileName(entry), NameOf(entry)))];
    }

    private static string NameOf(string adapter)
    {
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(adapter, "name")).Trim();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It went while we looked: it has no name any more.
            return "";
        }
    }

    private static string Listed(List<(string Bus, string Name)> adapters) =>
        adapters.Count == 0 ? "none" : string.Join(", ", adapters.Select(adapter => $"{adapter.Bus} \"{adapter.Name}\""));
}
