using System.Globalization;
using System.Text.Json;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Journal;

namespace Kiosk.Provisioning.Report;

/// <summary><c>kioskctl report</c>: asks the running host, and reads the journal itself only where none runs.</summary>
internal sealed class ReportCommand(TextWriter output, TimeProvider time)
{
    private const int DaysNamed = 14;

    /// <param name="name">Null: the latest.</param>
    /// <param name="profile">For days that have no kept report.</param>
    /// <param name="csv">Name of a table, or null.</param>
    public async Task<int> RunAsync(string kind, string? name, string dataDirectory, string profile, string? csv, bool json, CancellationToken cancel)
    {
        using var host = new HostSocket(dataDirectory);
        if (await host.AskAsync("/control/reports", cancel) is { } known)
        {
            var period = Choose(kind, name, known.Deserialize(ReportJson.Wire.IReadOnlyListDateOnly)!);
            var answer = await host.AskAsync($"/control/reports/{period.Kind}/{period.Name}", cancel) ?? throw new Trouble(ExitCode.Unavailable, "The host stopped meanwhile: try again.");
            await ShowAsync(
                period,
                kind == Period.DayKind ? answer.Deserialize(ReportJson.Wire.DayReport) : null,
                kind == Period.DayKind ? null : answer.Deserialize(ReportJson.Wire.PeriodReport),
                csv, json);
            return ExitCode.Fine;
        }

        await ShowFileAsync(kind, name, dataDirectory, profile, csv, json);
        return ExitCode.Fine;
    }

    private async Task ShowFileAsync(string kind, string? name, string dataDirectory, string profile, string? csv, bool json)
    {
        // SqliteJournal.Open would make what is missing.
        if (!File.Exists(Path.Combine(dataDirectory, SqliteJournal.FileName)))
            throw new Trouble(ExitCode.NoInput, $"There is no journal in {dataDirectory}: no host has run there yet. Name another directory with --data DIR.");

        try
        {
            using var journal = SqliteJournal.Open(dataDirectory, time: time);
            var shelf = new ReportShelf(journal, journal, () => Terms(profile), time);
            var period = Choose(kind, name, shelf.Days());
            await ShowAsync(period, kind == Period.DayKind ? shelf.Day(period.From) : null, kind == Period.DayKind ? null : shelf.Over(period), csv, json);
        }
        catch (Exception refused) when (refused is JournalRefusedException or JournalUnavailableException)
        {
            throw new Trouble(ExitCode.NoInput, refused.Message, refused);
        }
    }

    // Days that are not closed, or were closed by a power cut, are made from their events.
    private static ReportTerms Terms(string profile)
    {
        if (!File.Exists(profile)) throw new Trouble(ExitCode.NoInput, $"There is no profile {profile}: a day without a kept report needs it. Name it with --profile FILE.");
        var reading = ProfileReader.Read(File.ReadAllBytes(profile), _ => []);
        return reading.Profile is { } site
            ? ReportTerms.Of(site)
            : throw new Trouble(ExitCode.BadProfile, $"The profile {profile} has mistakes, and a day without a kept report needs it: see kioskctl check --profile {profile}.");
    }

    private static Period Choose(string kind, string? name, IReadOnlyList<DateOnly> days)
    {
        if (days.Count == 0) throw new Trouble(ExitCode.NoInput, "No day has a report yet: none was opened.");
        if (name is null) return Period.Containing(kind, days[^1])!;

        // A week or month may also be named by one of its days.
        var period = Period.Parse(kind, name) ?? (Period.Parse(Period.DayKind, name) is { } day ? Period.Containing(kind, day.From) : null)
            ?? throw new Trouble(ExitCode.Usage, $"\"{name}\" is no {kind}: write {(kind == Period.WeekKind ? "2026-W02" : kind == Period.MonthKind ? "2026-01" : "2026-01-05")}.");
        if (days.Any(known => period.From <= known && known <= period.Until)) return period;

        var latest = string.Join(", ", days.TakeLast(DaysNamed).Select(known => known.ToString("O", CultureInfo.InvariantCulture)));
        throw new Trouble(ExitCode.NoInput, $"There is no report of {period.Name}; there are {days.Count} days, the latest: {latest}.");
    }

    private async Task ShowAsync(Period period, DayReport? day, PeriodReport? over, string? csv, bool json)
    {
        var all = day?.Figures ?? over?.Figures ?? throw new Trouble(ExitCode.Unavailable, $"The report of {period.Name} is not there any more: try again.");
        IReadOnlyList<DayRow> days = over?.Days ?? [DayRow.Of(day!)];
        if (csv is not null) await output.WriteAsync(ReportCsv.Write(csv, all, days, id => id));
        else if (json) await output.WriteLineAsync(day is not null ? JsonSerializer.Serialize(day, ReportJson.Wire.DayReport) : JsonSerializer.Serialize(over!, ReportJson.Wire.PeriodReport));
        else foreach (var line in ReportText.Lines(period, all, days)) await output.WriteLineAsync(line);
    }
}
