using System.Globalization;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Journal;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Tool = Kiosk.Firmware.Tests.Kioskctl.DataDirectory;

namespace Kiosk.Firmware.Tests.Reports;

/// <summary>How promises were kept, on the manager's page, over the API and in the terminal. Everybody waits three minutes.</summary>
public sealed class PromisePageTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync()
    {
        var data = Directory.CreateTempSubdirectory("kiosk-test-").FullName;
        using (var journal = SqliteJournal.Open(data))
        {
            BusinessDays.Write(journal, 2, from: Before(6));
            BusinessDays.Write(journal, 2, from: Before(4), told: new(240, 120, 600, 200, 300));
            BusinessDays.Write(journal, 2, from: Before(2), told: new(60, 30, 170, 40, 90));
        }

        _hall = await RunningHall.StartAsync(data: data);
    }

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Theory]
    [InlineData("en", "Waiting times told", "16 of 16 told", "On 2 of 4 days")]
    [InlineData("zh-CN", "等候时间预估", "共告知 16，计分 16", "4 天中有 2 天")]
    [InlineData("zh-TW", "等候時間預估", "共告知 16，計分 16", "4 天中有 2 天")]
    public async Task Manager_sees_error_and_coverage_by_day_and_number_by_number(string language, string title, string scored, string kept)
    {
        var page = await PageAsync($"?lang={language}");

        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
        Assert.Contains(scored, page, StringComparison.Ordinal);
        Assert.Contains(kept, page, StringComparison.Ordinal);
        Assert.Contains("id=\"coverage-desc\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"error-desc\"", page, StringComparison.Ordinal);
        Assert.Equal(4, Rows(page, "told") - 1);
        
        // Two days further off than chance, four numbers later than told, and each in a legend.
        Assert.Equal(2 + 1 + 4 + 1, Rows(page, "out"));
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_day_and_another_service_can_be_chosen()
    {
        var kept = await PageAsync($"?lang=en&day={Name(4)}&service=pay");
        Assert.Contains("4 numbers were told a wait: 4 were called within the range, 0 earlier, 0 later; 0 are not scored.", kept, StringComparison.Ordinal);

        var none = await PageAsync($"?lang=en&day={Name(4)}&service=complaints");
        Assert.Contains("On this day no waiting time was told.", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_and_terminal_have_the_same_figures()
    {
        var told = (await _hall.GetAsync($"reports/day/{Name(4)}"))["figures"]!["promises"]!;
        Assert.Equal((4, 4, 60, 60, 1.0, 0.0), ((int)told["made"]!, (int)told["scored"]!, (int)told["meanError"]!, (int)told["bias"]!, (double)told["coverage"]!, (double)told["likelyCoverage"]!));
        Assert.Null((await _hall.GetAsync($"reports/day/{Name(6)}"))["figures"]!["promises"]);
        Assert.StartsWith("service,name,promised,scored,", (await _hall.Http.GetStringAsync($"reports/day/{Name(4)}?format=csv&table=promises")).TrimStart((char)0xFEFF), StringComparison.Ordinal);

        var shown = await Tool.RunAsync("report", "day", Name(4), "--data", _hall.Data);
        Assert.Contains("Promises 4 made, 4 scored: off by 0:01:00, bias +0:01:00, kept 100 % of 90 %, 0 % of 50 %, as told 100 %", shown.Lines);
        Assert.Contains(shown.Lines, line => line.Contains("TOLD WAITS", StringComparison.Ordinal));
        Assert.DoesNotContain("Promises", (await Tool.RunAsync("report", "day", Name(6), "--data", _hall.Data)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hall_that_never_told_a_wait_says_what_is_missing()
    {
        await using var hall = await RunningHall.StartAsync();

        var page = await hall.Http.GetStringAsync(new Uri(hall.Address, "/manager/waits?lang=en"));

        Assert.Contains("No waiting time has been told yet.", page, StringComparison.Ordinal);
        Assert.Contains("nine in ten will lie within the range", page, StringComparison.Ordinal);
        Assert.Contains($"Bill payment: {hall.The<HallFeed>().Latest.State.Waits.Missing(new("pay"))} waits", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg class=\"chart\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_is_for_those_who_may_see_reports()
    {
        using var clerk = await _hall.AsAsync("clerk");

        Assert.DoesNotContain("coverage-desc", await (await clerk.GetAsync(new Uri(_hall.Address, "/manager/waits"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<string> PageAsync(string query) => _hall.Http.GetStringAsync(new Uri(_hall.Address, "/manager/waits" + query));

    private static int Rows(string page, string css) => page.Split($" class=\"{css}\" ").Length - 1;

    private static string Name(int daysAgo) => Before(daysAgo).ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Before(int days) => DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).DateTime).AddDays(-days);
}
