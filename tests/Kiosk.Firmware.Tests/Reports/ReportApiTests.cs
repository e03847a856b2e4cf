using System.Net;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Journal;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Tool = Kiosk.Firmware.Tests.Kioskctl.DataDirectory;

namespace Kiosk.Firmware.Tests.Reports;

public sealed class ReportApiTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    private static string Yesterday => Before(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        var data = Directory.CreateTempSubdirectory("kiosk-test-").FullName;
        using (var journal = SqliteJournal.Open(data))
        {
            BusinessDays.Write(journal, 5, from: Before(5));
            journal.KeepPersonal("suggestion/7k2m", "13800001111", DateTimeOffset.UtcNow.AddDays(3));
            journal.KeepPersonal("suggestion/old", "13800002222", DateTimeOffset.UtcNow.AddDays(-3));
        }

        _hall = await RunningHall.StartAsync(data: data);
    }

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Day_week_and_month_are_answered_as_json()
    {
        var day = await _hall.GetAsync($"reports/day/{Yesterday}");
        Assert.Equal((1, 4, 4), ((int)day["v"]!, (int)day["figures"]!["flow"]!["issued"]!, (int)day["figures"]!["flow"]!["served"]!));

        await _hall.PostAsync("tickets", new { service = "pay" });
        var today = await _hall.GetAsync("reports/today");
        Assert.Equal((1, 1), ((int)today["figures"]!["flow"]!["issued"]!, (int)today["figures"]!["flow"]!["waiting"]!));
        Assert.Null(today["closed"]);

        var week = await _hall.GetAsync($"reports/week/{Period.Containing("week", Before(1))!.Name}");
        Assert.Contains(week["days"]!.AsArray(), row => (string)row!["day"]! == Yesterday);
        Assert.Equal("month", (string)(await _hall.GetAsync($"reports/month/{Yesterday[..7]}"))["kind"]!);
    }

    [Fact]
    public async Task Table_for_a_spreadsheet_begins_with_the_mark_of_utf_8_and_names_services_in_hanzi()
    {
        var bytes = await _hall.Http.GetByteArrayAsync($"reports/day/{Yesterday}?format=csv&table=services");
        var text = System.Text.Encoding.UTF8.GetString(bytes);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith("service,name,issued,served,", text[1..], StringComparison.Ordinal);
        Assert.Contains("\r\npay,缴费,4,4,0,", text, StringComparison.Ordinal);
        foreach (var table in ReportCsv.Tables) Assert.Equal(HttpStatusCode.OK, (await _hall.Http.GetAsync($"reports/day/{Yesterday}?format=csv&table={table}")).StatusCode);
    }

    [Theory]
    [InlineData("reports/day/yesterday", 400, "is no date")]
    [InlineData("reports/week/2026-W99", 400, "is no week")]
    [InlineData("reports/month/2026-13", 400, "is no month")]
    [InlineData("reports/today?format=pdf", 400, "no format")]
    [InlineData("reports/today?format=csv&table=money", 400, "half-hours")]
    [InlineData("reports/day/2020-01-01", 404, "the latest:")]
    public async Task What_cannot_be_answered_says_what_can(string path, int status, string says)
    {
        var answer = await _hall.Http.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_the_day_keeps_its_report()
    {
        await _hall.PostAsync("tickets", new { service = "pay" });
        await _hall.PostAsync("day/close", new { force = true });

        var archive = _hall.The<IArchive>();
        var day = _hall.The<HallFeed>().Latest.State.Day!.Value;
        await UntilAsync(() => archive.Report(day) is not null);
        Assert.Equal(1, DayReports.Kept(archive, day)!.Figures.Flow.Abandoned);
    }

    [Fact]
    public async Task Personal_data_is_erased_when_its_time_is_over_and_when_its_owner_asks()
    {
        var personal = _hall.The<IPersonalData>();
        await UntilAsync(() => personal.FindPersonal("suggestion/old") is null);

        Assert.Equal(HttpStatusCode.NoContent, (await _hall.Http.DeleteAsync("personal/suggestion/7k2m")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _hall.Http.DeleteAsync("personal/suggestion/7k2m")).StatusCode);

        Assert.Null(personal.FindPersonal("suggestion/7k2m"));
        await UntilAsync(() => Erased().Count == 2);
        Assert.Equal(["expired", "suggestion 7k2m"], Erased().Select(fact => fact.What));
    }

    [Theory]
    [InlineData("en", "Mean wait")]
    [InlineData("zh-CN", "平均等候")]
    [InlineData("zh-TW", "平均等候")]
    public async Task Page_shows_the_day_in_charts_and_tables(string language, string says)
    {
        var page = await _hall.Http.GetStringAsync(new Uri(_hall.Http.BaseAddress!, $"/manager/reports/day/{Yesterday}?lang={language}"));

        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("id=\"people-title\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"wait-desc\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_a_day_without_a_report_says_so_and_leads_to_those_that_have_one()
    {
        var answer = await _hall.Http.GetAsync(new Uri(_hall.Http.BaseAddress!, "/manager/reports/week/2020-W02?lang=en"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains($"/manager/reports/day/{Yesterday}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kioskctl_prints_the_report_of_the_running_host_and_refuses_what_there_is_not()
    {
        var shown = await Tool.RunAsync("report", "day", Yesterday, "--data", _hall.Data);
        Assert.Equal((0, $"Report of day {Yesterday}", "4 issued = 4 served + 0 no-show + 0 cancelled + 0 abandoned + 0 open"), (shown.Code, shown.Lines[0], shown.Lines[1]));

        Assert.StartsWith("counter,open,", (await Tool.RunAsync("report", "week", Yesterday, "--csv", "counters", "--data", _hall.Data)).Output, StringComparison.Ordinal);
        Assert.Equal(4, (int)JsonNode.Parse((await Tool.RunAsync("report", "day", Yesterday, "--json", "--data", _hall.Data)).Output)!["figures"]!["flow"]!["served"]!);
        Assert.Equal(66, (await Tool.RunAsync("report", "day", "2020-01-01", "--data", _hall.Data)).Code);
        Assert.Equal(64, (await Tool.RunAsync("report", "day", "soon", "--data", _hall.Data)).Code);
        Assert.Equal(64, (await Tool.RunAsync("report", "--csv", "money", "--data", _hall.Data)).Code);
    }

    [Fact]
    public async Task Kioskctl_reads_the_file_where_no_host_runs()
    {
        using var directory = new Tool();
        using (var journal = SqliteJournal.Open(directory.Path)) BusinessDays.Write(journal, 2);

        var shown = await Tool.RunAsync("report", "--data", directory.Path, "--profile", Path.Combine(RunningHall.Repository(), "provisioning/profiles/telecom-hall.json"));

        Assert.Equal((0, "Report of day 2026-01-06"), (shown.Code, shown.Lines[0]));
    }

    private IReadOnlyList<HallEvent.PersonalDataErased> Erased() => [.. _hall.The<IArchive>().ReadNotes(0, 1000).Select(note => note.Fact).OfType<HallEvent.PersonalDataErased>()];

    private static async Task UntilAsync(Func<bool> so)
    {
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (!so()) await Task.Delay(20, patience.Token);
    }

    private static DateOnly Before(int days) => DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).DateTime).AddDays(-days);
}
