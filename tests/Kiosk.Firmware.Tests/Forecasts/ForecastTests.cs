using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Waiting.Forecast;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Forecasts;
using Kiosk.Firmware.Tests.Journal;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Forecasts;

/// <summary>A hall that had forty days with four customers each from nine o'clock on, and what it says of the day that runs and of the next.</summary>
public sealed class ForecastTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    private static DateOnly Today => DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).DateTime);

    public async Task InitializeAsync() => _hall = await StartAsync(40);

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Forecast_of_the_day_is_fixed_once_when_the_day_opens_and_a_restart_changes_nothing()
    {
        await FixedAsync();
        var first = Forecasts(_hall.The<IJournal>());
        await _hall.StopAsync();
        _hall = await RunningHall.StartAsync(data: _hall.Data, change: OpenAllDay);
        await FixedAsync();
        await _hall.PostAsync("tickets", new { service = "pay" });

        Assert.Equal(Today, Assert.Single(first).Day);
        Assert.Equal(Today, Assert.Single(Forecasts(_hall.The<IJournal>())).Day);
    }

    [Fact]
    public async Task Day_that_closes_is_scored_and_the_score_is_kept_with_its_report()
    {
        await FixedAsync();
        for (var n = 0; n < 3; n++) await _hall.PostAsync("tickets", new { service = "pay" });
        await _hall.PostAsync("day/close", new { force = true });

        var day = await _hall.UntilAsync("forecast/today", sheet => (string?)sheet["state"] == "over");
        var score = day["lines"]![0]!["score"]!;
        Assert.Equal((3, 4.0), ((int)score["came"]!, (double)score["expected"]!));

        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        var archive = _hall.The<IArchive>();
        while (DayReports.Kept(archive, Today)?.Outlook?.Scores.Count is null or 0) await Task.Delay(20, patience.Token);
        var kept = DayReports.Kept(archive, Today)!.Outlook!;
        Assert.Equal(3, kept.Scores.Single(line => line.Service == "pay").Score.Came);
        Assert.Equal(kept.Forecast.Halves.Count, kept.Forecast.Line("pay")!.Mean.Count);
    }

    [Fact]
    public async Task Coming_day_is_answered_as_json_and_as_a_table()
    {
        var sheet = await _hall.GetAsync("forecast/tomorrow");

        Assert.Equal(("coming", 4.0), ((string)sheet["state"]!, (double)sheet["lines"]![0]!["expected"]!));
        Assert.Contains("complaints", sheet["unknown"]!.AsArray().Select(id => (string)id!));
        var nine = sheet["lines"]![1]!["halves"]!.AsArray().Single(half => (string)half!["from"]! == "09:00")!;
        Assert.Equal((2.0, true), ((double)nine["expected"]!, (int)nine["high"]! >= 2));
        Assert.Equal(1, (int)nine["staff"]!["advised"]!);

        var bytes = await _hall.Http.GetByteArrayAsync("forecast/tomorrow?format=csv&lang=en");
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("day,from,service,name,forecast,low,high,came,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith($"{Today.AddDays(1):yyyy-MM-dd},09:00,pay,Bill payment,2,0,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("forecast/yesterdays", 400, "write today, tomorrow or")]
    [InlineData("forecast/today?format=pdf", 400, "no format")]
    [InlineData("forecast/2020-01-01", 404, "no such day")]
    public async Task What_cannot_be_answered_says_what_can(string path, int status, string says)
    {
        var answer = await _hall.Http.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_has_charts_with_title_and_description_and_the_table_beside_them()
    {
        await FixedAsync();
        foreach (var (language, title) in new[] { ("en", "Arrivals in each half hour"), ("zh-CN", "各时段到达人数"), ("zh-TW", "各時段到達人數") })
        {
            var page = await _hall.Http.GetStringAsync($"/manager/forecast?lang={language}");
            Assert.Contains($"<title id=\"arrivals-title\">{title}</title>", page, StringComparison.Ordinal);
            Assert.Contains("<desc id=\"counters-desc\">", page, StringComparison.Ordinal);
            Assert.Contains("<th scope=\"row\">\n                            ".Trim(), page, StringComparison.Ordinal);
        }

        var pay = await _hall.Http.GetStringAsync($"/manager/forecast/{Today.AddDays(1):yyyy-MM-dd}?service=pay&lang=en");
        Assert.Contains("aria-current=\"true\">Bill payment</a>", pay, StringComparison.Ordinal);
        Assert.DoesNotContain("forecast.", pay.Replace("/manager/forecast", "", StringComparison.Ordinal).Replace("/api/v1/forecast", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duty_manager_sees_it_and_a_clerk_does_not()
    {
        Assert.Equal(HttpStatusCode.OK, (await (await _hall.AsAsync("duty")).GetAsync("/manager/forecast")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _hall.AsAsync("clerk")).GetAsync("/manager/forecast")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _hall.AsAsync("clerk")).GetAsync("forecast/today")).StatusCode);
    }

    [Fact]
    public async Task Hall_with_too_little_history_says_so_and_fixes_nothing()
    {
        await using var young = await StartAsync(2);

        var sheet = await young.GetAsync("forecast/tomorrow");

        Assert.Equal(("too-little", 5), ((string)sheet["none"]!["why"]!, (int)sheet["none"]!["needed"]!));
        Assert.Contains("There is no forecast yet", await young.Http.GetStringAsync("/manager/forecast?lang=en"), StringComparison.Ordinal);
        Assert.Empty(Forecasts(young.The<IJournal>()));
    }

    private async Task FixedAsync() => await _hall.UntilAsync("reports/today", report => report["outlook"] is not null);

    private static async Task<RunningHall> StartAsync(int days)
    {
        var data = Directory.CreateTempSubdirectory("kiosk-test-").FullName;
        using (var journal = SqliteJournal.Open(data))
        {
            BusinessDays.Write(journal, days, from: Today.AddDays(-days));
            new ReportShelf(journal, journal, () => ReportTerms.Of(RunningHall.Profile()), TimeProvider.System).KeepWhatIsDue();
        }

        return await RunningHall.StartAsync(data: data, change: OpenAllDay);
    }

    // The tests run at every hour of the day, and on first days of months too.
    private static void OpenAllDay(JsonObject hall)
    {
        hall.Remove("openingHours");
        hall.Remove("specialDays");
        hall["staffing"] = JsonNode.Parse("""{ "monthStartDays": 0, "roster": { "monday": [{ "span": "08:00-18:00", "counters": 2 }] } }""");
    }

    private static List<KeptForecast> Forecasts(IJournal journal) =>
        [.. ((IArchive)journal).ReadNotes(0, 10_000).Select(note => note.Fact).OfType<HallEvent.ArrivalsForecast>().Select(fact => fact.Forecast)];
}
