using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

[Collection(SharedBrowser.Name)]
public sealed class KioskScreenTests(Browser browser)
{
    [Theory]
    [InlineData("zh-CN", "您的号码", "前面还有 1 人")]
    [InlineData("zh-TW", "您的號碼", "前面還有 1 人")]
    [InlineData("en", "Your number", "1 person ahead of you")]
    public async Task Customer_takes_a_number_in_their_language(string language, string label, string ahead)
    {
        await using var host = await ScreenHost.StartAsync();
        host.Take("plan");
        var page = await browser.OpenAsync(host.Address + "/kiosk");

        await page.ClickAsync($"[data-key=language-{language}]");
        await page.WaitForSelectorAsync($"html[lang={language}]");
        await page.ClickAsync("[data-key=service-plan]");

        Assert.Equal("C002", await page.InnerTextAsync("#your-number"));
        var said = await page.InnerTextAsync("#kiosk-main");
        Assert.Contains(label, said, StringComparison.Ordinal);
        Assert.Contains(ahead, said, StringComparison.Ordinal);
        Assert.Equal(language, host.Feed.Latest.State.Tickets.Values.Single(t => t.Number == new TicketNumber('C', 2)).Language);
    }

    [Fact]
    public async Task Reload_shows_the_same_step()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        await page.ClickAsync("[data-key=language-en]");
        await page.WaitForSelectorAsync("html[lang=en]");
        await page.ClickAsync("[data-key=service-bill]");
        await page.WaitForSelectorAsync("#your-number");

        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        Assert.Equal("A001", await page.InnerTextAsync("#your-number"));
        Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));
    }

    [Fact]
    public async Task Form_sent_twice_takes_one_number()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk");

        // Past the script's own guard against a double strike: two requests of one step, at once.
        await page.EvaluateAsync("""
            () => {
              const step = document.querySelector('.kiosk-services [name=step]').value;
              const send = () => fetch('/kiosk/press', { method: 'POST', body: new URLSearchParams({ step, service: 'bill' }) });
              return Promise.all([send(), send(), send()]).then(() => send()).then(() => null);
            }
            """);

        Assert.Equal(1, host.Feed.Latest.State.Services[new("bill")].Issued);
    }

    [Fact]
    public async Task Works_by_plain_forms_where_scripts_are_off()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk", script: false);

        await page.ClickAsync("[data-key=language-en]");
        await page.ClickAsync("[data-key=service-number]");
        Assert.Equal("B001", await page.InnerTextAsync("#your-number"));

        await page.ClickAsync("[data-key=done]");
        Assert.Equal("请选择您要办理的业务", await page.InnerTextAsync("h1"));
    }

    [Fact]
    public async Task State_of_the_paper_is_told_as_it_changes()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        await page.ClickAsync("[data-key=service-bill]");
        await page.WaitForSelectorAsync(".paper-printing");

        var slip = Assert.Single(host.Feed.Latest.State.Slips).Key;
        host.Intake.Do(new HallCommand.SendSlip(slip));
        host.Intake.Do(new HallCommand.ReportSlip(slip, SlipReport.Halted, "OutOfPaper"));
        await page.WaitForSelectorAsync(".paper-missing");
        Assert.Contains("打印机缺纸", await page.InnerTextAsync(".paper-missing"), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator(".kiosk-ticket svg.qr").CountAsync());

        host.Intake.Do(new HallCommand.ReportSlip(slip, SlipReport.Printed));
        await page.WaitForSelectorAsync(".paper-ready");
    }

    [Fact]
    public async Task Service_whose_numbers_are_used_up_cannot_be_chosen()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        for (var n = 0; n < 3; n++) host.Take("vip");

        await page.WaitForSelectorAsync("[data-key=service-vip]:disabled");
        Assert.Contains("今日号码已取完", await page.InnerTextAsync("[data-key=service-vip]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_disk_is_told_and_the_same_step_can_be_sent_again()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        host.Intake.DiskFull = true;
        await page.ClickAsync("[data-key=service-bill]");
        await page.WaitForSelectorAsync(".notice.bad");

        host.Intake.DiskFull = false;
        await page.WaitForTimeoutAsync(600);
        await page.ClickAsync("[data-key=service-bill]");
        Assert.Equal("A001", await page.InnerTextAsync("#your-number"));
    }

    [Fact]
    public async Task Printer_without_paper_is_announced_before_a_number_is_taken()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        host.Devices.SetPrinter(DeviceState.OutOfService, "OutOfPaper");

        await page.WaitForSelectorAsync("#kiosk-main .notice.warn");
    }

    [Theory]
    [InlineData(1280, 1024)]
    [InlineData(1080, 1920)]
    public async Task Touch_targets_are_twenty_millimetres_and_three_apart(int width, int height)
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk", width, height);
        await CheckAsync(page);
        await page.ClickAsync("[data-key=large]");
        await page.WaitForSelectorAsync("html.large");
        await CheckAsync(page);
    }

    private static async Task CheckAsync(IPage page)
    {
        var boxes = new List<LocatorBoundingBoxResult>();
        foreach (var button in await page.Locator("button:visible").AllAsync()) boxes.Add((await button.BoundingBoxAsync())!);

        Assert.Equal(11, boxes.Count);
        Assert.All(boxes, box => Assert.True(box.Width >= 75.6 && box.Height >= 75.6, $"{box.Width} × {box.Height}"));
        Assert.All(boxes, one => Assert.All(boxes.Where(other => other != one), other => Assert.True(Gap(one, other) >= 11.3, $"{Gap(one, other)} px apart")));
    }

    private static double Gap(LocatorBoundingBoxResult a, LocatorBoundingBoxResult b) => Math.Max(
        Math.Max(a.X - (b.X + b.Width), b.X - (a.X + a.Width)),
        Math.Max(a.Y - (b.Y + b.Height), b.Y - (a.Y + a.Height)));
}
