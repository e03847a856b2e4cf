using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Web.Api;

namespace Kiosk.Firmware.Books;

/// <summary>One appointment that somebody wants.</summary>
/// <param name="Contact">Name and telephone number, or null: for the personal data only.</param>
internal sealed record WantedAppointment(ServiceId Service, DateTimeOffset Slot, string Language, string? Contact);

/// <summary>Reads what somebody typed or pasted for the appointment book; every mistake names its place.</summary>
internal static class AppointmentLines
{
    public const int LineLimit = 200;

    private const int DaysAhead = 366;
    private static readonly string[] Columns = ["service", "date", "time", "name", "phone"];

    /// <exception cref="BadInputException">A field that is missing or wrong.</exception>
    public static WantedAppointment One(HallProfile site, DateTimeOffset now, string? service, string? date, string? time, string? name, string? phone, string? language = null)
    {
        string[] services = [.. site.Services.Select(s => s.Id.Value)];
        if (service is null || !services.Contains(service)) throw new BadInputException("service", $"\"{service}\" is no service of this hall; allowed: {string.Join(", ", services)}.", services);
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) throw new BadInputException("date", $"\"{date}\" is no date such as 2026-01-31.");
        if (!TimeOnly.TryParseExact(time, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)) throw new BadInputException("time", $"\"{time}\" is no time such as 09:30.");

        var wall = day.ToDateTime(clock);
        if (site.TimeZone.IsInvalidTime(wall)) throw new BadInputException("time", $"The clocks skip {time} on {date}.");
        var slot = new DateTimeOffset(wall, site.TimeZone.GetUtcOffset(wall));
        if (slot < now) throw new BadInputException("time", $"{date} {time} is over.");
        if (slot > now.AddDays(DaysAhead)) throw new BadInputException("date", $"{date} is more than {DaysAhead} days ahead.");
        if (!HallHours.IsOpen(site, slot)) throw new BadInputException("time", $"The hall is closed on {date} at {time}.");

        var contact = string.Join(' ', new[] { BookTexts.Plain("name", name, BookTexts.NameLimit), BookTexts.Plain("phone", phone, BookTexts.ContactLimit) }.OfType<string>());
        return new(new(service), slot, language ?? site.DefaultLanguage, contact.Length == 0 ? null : contact);
    }

    /// <summary>Lines of <c>service,date,time,name,phone</c>; name and phone may be left out, and a first line with these words is skipped.</summary>
    /// <returns>What is wanted, or all that is wrong with it: nothing is booked while a line is wrong.</returns>
    public static (IReadOnlyList<WantedAppointment> Wanted, IReadOnlyList<(int Line, string Message)> Mistakes) Many(HallProfile site, DateTimeOffset now, string text)
    {
        var (wanted, mistakes) = (new List<WantedAppointment>(), new List<(int, string)>());
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim().TrimStart('\uFEFF')).Index())
        {
            if (line.Length == 0 || (index == 0 && line.StartsWith(Columns[0] + ",", StringComparison.OrdinalIgnoreCase))) continue;
            if (wanted.Count + mistakes.Count == LineLimit)
            {
                mistakes.Add((index + 1, $"More than {LineLimit} lines at once are not taken."));
                break;
            }

            try
            {
                wanted.Add(Read(site, now, line));
            }
            catch (BadInputException mistake)
            {
                mistakes.Add((index + 1, mistake.Message));
            }
        }

        return (wanted, mistakes);
    }

    private static WantedAppointment Read(HallProfile site, DateTimeOffset now, string line)
    {
        // A spreadsheet may separate by tabs or semicolons.
        var separator = line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var fields = line.Split(separator).Select(field => field.Trim().Trim('"')).ToArray();
        if (fields.Length < 3 || fields.Length > Columns.Length) throw new BadInputException("line", $"{fields.Length} fields; expected: {string.Join(", ", Columns)} (the last two may be left out).");

        return One(site, now, fields[0], fields[1], fields[2], fields.ElementAtOrDefault(3), fields.ElementAtOrDefault(4));
    }
}
