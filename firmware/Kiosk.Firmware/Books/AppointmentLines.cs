using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Books;

/// <summary>One appointment that somebody wants.</summary>
/// <param name="Contact">Name and telephone number, or null: for the personal data only.</param>
internal sealed record WantedAppointment(ServiceId Service, DateTimeOffset Slot, string Language, string? Contact);

/// <summary>What is wrong with a wanted appointment. Screens have a sentence for each: <c>appointment.mistake.…</c>.</summary>
internal enum AppointmentFault
{
    NoSuchService,
    NoDate,
    NoTime,

    /// <summary>The clocks skip that time in spring.</summary>
    SkippedTime,
    Over,
    TooFarAhead,
    HallClosed,
    TooLong,
    WrongColumns,
    TooManyLines,
}

/// <param name="Field">Of the request.</param>
/// <param name="Given">What stood there.</param>
internal sealed record AppointmentMistake(AppointmentFault Fault, string Field, string Given)
{
    public int? Line { get; init; }
}

/// <summary>The fields as somebody typed, pasted or sent them.</summary>
internal sealed record AppointmentFields(string? Service, string? Date, string? Time, string? Name, string? Phone, string? Language = null);

/// <summary>Reads what somebody typed or pasted for the appointment book; every mistake names its place.</summary>
internal static class AppointmentLines
{
    public const int LineLimit = 200, DaysAhead = 366;

    private const int FieldLimit = 60;

    public static IReadOnlyList<string> Columns { get; } = ["service", "date", "time", "name", "phone"];

    public static (WantedAppointment? Wanted, AppointmentMistake? Mistake) One(HallProfile site, DateTimeOffset now, AppointmentFields fields)
    {
        var (service, date, time) = (fields.Service ?? "", fields.Date ?? "", fields.Time ?? "");
        if (site.Services.All(known => known.Id.Value != service)) return Wrong(AppointmentFault.NoSuchService, "service", service);
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Wrong(AppointmentFault.NoDate, "date", date);
        if (!TimeOnly.TryParseExact(time, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)) return Wrong(AppointmentFault.NoTime, "time", time);

        var wall = day.ToDateTime(clock);
        if (site.TimeZone.IsInvalidTime(wall)) return Wrong(AppointmentFault.SkippedTime, "time", $"{date} {time}");
        var slot = new DateTimeOffset(wall, site.TimeZone.GetUtcOffset(wall));
        if (slot < now) return Wrong(AppointmentFault.Over, "time", $"{date} {time}");
        if (slot > now.AddDays(DaysAhead)) return Wrong(AppointmentFault.TooFarAhead, "date", date);
        if (!HallHours.IsOpen(site, slot)) return Wrong(AppointmentFault.HallClosed, "time", $"{date} {time}");

        string[] contact = [.. new[] { fields.Name, fields.Phone }.Select(text => text?.Trim()).OfType<string>().Where(text => text.Length > 0)];
        return contact.FirstOrDefault(text => text.Length > FieldLimit) is { } tooLong
            ? Wrong(AppointmentFault.TooLong, tooLong == fields.Name?.Trim() ? "name" : "phone", tooLong[..20] + "…")
            : (new(new(service), slot, fields.Language ?? site.DefaultLanguage, contact.Length == 0 ? null : string.Join(' ', contact)), null);
    }

    /// <summary>Lines of <c>service,date,time,name,phone</c>; name and phone may be left out, and a first line with these words is skipped.</summary>
    /// <returns>What is wanted, and all that is wrong: nothing is booked while a line is wrong.</returns>
    public static (IReadOnlyList<WantedAppointment> Wanted, IReadOnlyList<AppointmentMistake> Mistakes) Many(HallProfile site, DateTimeOffset now, string text)
    {
        var (wanted, mistakes) = (new List<WantedAppointment>(), new List<AppointmentMistake>());
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim().TrimStart('\uFEFF')).Index())
        {
            if (line.Length == 0 || (index == 0 && line.StartsWith(Columns[0], StringComparison.OrdinalIgnoreCase))) continue;
            if (wanted.Count + mistakes.Count == LineLimit)
            {
                mistakes.Add(new(AppointmentFault.TooManyLines, "lines", LineLimit.ToString(CultureInfo.InvariantCulture)) { Line = index + 1 });
                break;
            }

            var (one, mistake) = Read(site, now, line);
            if (one is not null) wanted.Add(one);
            if (mistake is not null) mistakes.Add(mistake with { Line = index + 1 });
        }

        return (wanted, mistakes);
    }

    private static (WantedAppointment? Wanted, AppointmentMistake? Mistake) Read(HallProfile site, DateTimeOffset now, string line)
    {
        // A spreadsheet may separate by tabs or semicolons.
        var separator = line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var fields = line.Split(separator).Select(field => field.Trim().Trim('"')).ToArray();
        return fields.Length < 3 || fields.Length > Columns.Count
            ? Wrong(AppointmentFault.WrongColumns, "line", fields.Length.ToString(CultureInfo.InvariantCulture))
            : One(site, now, new(fields[0], fields[1], fields[2], fields.ElementAtOrDefault(3), fields.ElementAtOrDefault(4)));
    }

    private static (WantedAppointment? Wanted, AppointmentMistake? Mistake) Wrong(AppointmentFault fault, string field, string given) => (null, new(fault, field, given));
}
