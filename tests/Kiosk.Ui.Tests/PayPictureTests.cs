using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

/// <summary>Every step of paying and every page about money as a picture, at the sizes they are made for. The pictures are kept in <c>.shots</c> of the checkout for people to look at.</summary>
[Collection(PictureBrowser.Name)]
public sealed class PayPictureTests(Browser browser)
{
    private readonly List<string> _unfit = [];

    public static TheoryData<int, int, string, string> Looks()
    {
        var looks = new TheoryData<int, int, string, string>();
        foreach (var language in new[] { "zh-CN", "zh-TW", "en" })
            foreach (var mode in new[] { "normal", "large", "contrast" }) looks.Add(1280, 1024, language, mode);
        looks.Add(1080, 1920, "en", "normal");
        looks.Add(1080, 1920, "zh-CN", "large");
        return looks;
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Steps_of_paying_fit_the_kiosk(int width, int height, string language, string mode)
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.WithClaims);
        var name = $"{width}-{language}-{mode}";
        var page = await Customer.ToAccountAsync(browser, host, language, "mobile", mode, width, height);
        await Customer.TypeAsync(page, "1381234567");
        await LookAsync(page, $"pay-02-account-{name}");
        host.Desk.Slow = new();
        await Customer.TypeAsync(page, "8", 10);
        await page.ClickAsync("[data-key=ok]");
        await page.WaitForSelectorAsync(".pay-wait");
        await LookAsync(page, $"pay-03-looking-{name}");
        host.Desk.Slow.SetResult(host.Desk.Known(DemoPayments.GoodAccount));
        host.Desk.Slow = null;
        await page.WaitForSelectorAsync("[data-key=other]");
        await LookAsync(page, $"pay-04-amount-{name}");
        await page.ClickAsync("[data-key=other]");
        await page.ClickAsync("[data-key=digit-7]");
        await page.WaitForSelectorAsync(".pay-code:has-text('7')");
        await LookAsync(page, $"pay-05-typing-{name}");
        await page.ClickAsync("[data-key=back]");
        await page.ClickAsync("[data-key=due]");
        await page.WaitForSelectorAsync(".pay-means");
        await LookAsync(page, $"pay-06-means-{name}");
        await page.ClickAsync("[data-key=cash]");
        await page.WaitForSelectorAsync("#put-in");
        await LookAsync(page, $"pay-07-cash-{name}");
        host.Desk.Put(5_000);
        host.Desk.NoteWaits(10_000);
        await page.WaitForSelectorAsync(".pay-moving");
        await LookAsync(page, $"pay-08-moving-{name}");
        host.Desk.NoteTaken(10_000);
        await page.WaitForSelectorAsync("[data-key=finish].primary");
        await LookAsync(page, $"pay-09-enough-{name}");
        await page.ClickAsync("[data-key=stop]");
        await page.WaitForSelectorAsync("[data-key=stop-no]");
        await LookAsync(page, $"pay-10-stop-{name}");
        await page.ClickAsync("[data-key=stop-no]");
        await page.ClickAsync("[data-key=finish]");
        await page.WaitForSelectorAsync(".pay-wait");
        await LookAsync(page, $"pay-11-confirming-{name}");
        host.Desk.BillerConfirms(host.Desk.Current);
        await page.WaitForSelectorAsync("#pay-result");
        host.Desk.Print(1, SlipReport.Printed);
        host.Intake.Do(new HallCommand.PrintReceipt(2));
        await page.WaitForSelectorAsync("[id^=slip].good");
        await LookAsync(page, $"pay-12-paid-claim-{name}");
        Assert.True(_unfit.Count == 0, string.Join('\n', _unfit));
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Ends_of_paying_fit_the_kiosk(int width, int height, string language, string mode)
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var name = $"{width}-{language}-{mode}";
        var page = await Customer.ToMeansAsync(browser, host, language, mode, width, height);
        await page.ClickAsync("[data-key=card]");
        await page.WaitForSelectorAsync("#card-shows");
        host.Desk.CardGoesOut();
        host.Desk.Show(0x0A);
        await page.WaitForTimeoutAsync(200);
        await LookAsync(page, $"pay-20-card-{name}");
        host.Desk.CardDeclined();
        await page.WaitForSelectorAsync("#pay-result");
        await LookAsync(page, $"pay-21-not-paid-{name}");

        await AgainAsync(page, host, language, mode, "card");
        host.Desk.Set(new(true, true, true, Printer: false));
        host.Desk.CardGoesOut();
        var late = host.Desk.Current;
        host.Desk.CardAuthorised();
        host.Desk.CardPaid(late);
        await page.WaitForSelectorAsync("#pay-result .pay-sum");
        await LookAsync(page, $"pay-22-late-no-paper-{name}");

        await AgainAsync(page, host, language, mode, "cash");
        host.Desk.Put(2_000);
        await page.WaitForSelectorAsync("[data-key=finish]");
        await page.ClickAsync("[data-key=stop]");
        await page.ClickAsync("[data-key=stop-yes]");
        await page.WaitForSelectorAsync("#case-number");
        await LookAsync(page, $"pay-23-stopped-{name}");

        host.Desk.Set(new(true, true, true, true));
        await AgainAsync(page, host, language, mode, "card");
        host.Desk.CardGoesOut();
        var unknown = host.Desk.Current;
        host.Desk.CardUnknown();
        await page.WaitForSelectorAsync(".pay-wait .pay-facts");
        await LookAsync(page, $"pay-24-asking-{name}");
        host.Desk.OpenCase(unknown);
        await page.WaitForSelectorAsync("#case-number");
        await LookAsync(page, $"pay-25-case-{name}");
        await page.ClickAsync("[data-key=done]");
        await page.WaitForSelectorAsync("[data-key=pay]");
        await page.ClickAsync($"[data-key=language-{language}]");
        if (mode != "normal") await page.ClickAsync($"[data-key={mode}]");
        await page.WaitForTimeoutAsync(200);
        await LookAsync(page, $"pay-00-first-{name}");
        await page.ClickAsync("[data-key=pay]");
        await page.WaitForSelectorAsync("[data-key=biller-mobile]");
        await LookAsync(page, $"pay-01-billers-{name}");
        await page.ClickAsync("[data-key=biller-mobile]");
        await page.WaitForSelectorAsync(".pay-pad");
        await Customer.TypeAsync(page, "13800000000");
        await page.ClickAsync("[data-key=ok]");
        await page.WaitForSelectorAsync(".kiosk-question:not(.pay-wait)");
        await LookAsync(page, $"pay-26-away-{name}");
        Assert.True(_unfit.Count == 0, string.Join('\n', _unfit));
    }

    [Theory]
    [InlineData("en", 1280, 900)]
    [InlineData("zh-CN", 1280, 900)]
    [InlineData("zh-TW", 1280, 900)]
    [InlineData("en", 800, 1100)]
    public async Task Pages_about_money_fit(string language, int width, int height)
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        var paid = host.Feed.Latest.State.Ledger!.Receipts[1].Payment;
        host.UnknownCard(50_000);
        host.Desk.Print(1, SlipReport.Printed);
        host.Intake.Do(new HallCommand.VoidReceipt(2, "torn paper", "wang"));
        host.Intake.Do(new HallCommand.SettleCase(2, CaseOutcome.Refunded, "bank: charged at 10:02", "wang"));
        host.User = "li";
        foreach (var (name, path) in new[] { ("overview", ""), ("receipts", "/receipts"), ("cases", "/cases"), ("count", "/count"), ("close-before", "/close") })
            await ShotAsync(host, $"money-{name}-{width}-{language}", $"/manager/money{path}?lang={language}", width, height);

        host.Intake.Do(new HallCommand.CountCash("notes", "B-017", [new(2_000, 2), new(10_000, 1)], "li"));
        await host.Office.AskBillersAsync("li", default);
        host.Intake.Do(new HallCommand.DepositCash("ICBC-0105-883", DemoPayments.Yuan(13_000), "li"));
        await ShotAsync(host, $"money-counted-{width}-{language}", $"/manager/money/count?lang={language}&counted=notes/1&said=done.counted", width, height);
        await ShotAsync(host, $"money-close-{width}-{language}", $"/manager/money/close?lang={language}&said=rejection.ReasonNeeded", width, height);
        host.Intake.Do(new HallCommand.ClosePeriod("10 yuan short at the bank: torn note refused", "li", ["card"]));
        host.Intake.Do(new HallCommand.CorrectLedger(1, "bank", DemoPayments.Yuan(1_000), "the bank changed the torn note", "wang"));
        await ShotAsync(host, $"money-periods-{width}-{language}", $"/manager/money/periods?lang={language}", width, height);
        await ShotAsync(host, $"money-period-{width}-{language}", $"/manager/money/periods/1?lang={language}", width, height);
        Assert.NotNull(paid);
        Assert.True(_unfit.Count == 0, string.Join('\n', _unfit));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    [InlineData("zh-TW")]
    public async Task Receipt_fits_a_phone_and_the_guide_hears_of_cases(string language)
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        var ledger = host.Feed.Latest.State.Ledger!;
        await ShotAsync(host, $"receipt-card-{language}", $"/receipt/{ledger.Receipts[1].Payment}?lang={language}", 400, 850);
        await ShotAsync(host, $"receipt-claim-{language}", $"/receipt/{ledger.Receipts[2].Payment}?lang={language}", 400, 850);
        await ShotAsync(host, $"receipt-none-{language}", $"/receipt/000000000000?lang={language}", 400, 850);
        host.UnknownCard(2_000);
        await ShotAsync(host, $"guide-cases-{language}", $"/guide?lang={language}", 1280, 800);
        Assert.True(_unfit.Count == 0, string.Join('\n', _unfit));
    }

    private static async Task AgainAsync(IPage page, ScreenHost host, string language, string mode, string means)
    {
        await page.ClickAsync("[data-key=done]");
        await page.WaitForSelectorAsync("[data-key=pay]");
        await page.ClickAsync($"[data-key=language-{language}]");
        await page.WaitForSelectorAsync($"html[lang={language}]");
        if (mode != "normal") await page.ClickAsync($"[data-key={mode}]");
        await page.ClickAsync("[data-key=pay]");
        await page.ClickAsync("[data-key=biller-mobile]");
        await page.WaitForSelectorAsync(".pay-pad");
        await Customer.TypeAsync(page, DemoPayments.GoodAccount);
        await page.ClickAsync("[data-key=ok]");
        await page.ClickAsync("[data-key=due]");
        await page.ClickAsync($"[data-key={means}]");
        await page.WaitForSelectorAsync(means == "card" ? "#card-shows" : "#put-in");
    }

    private async Task ShotAsync(ScreenHost host, string name, string path, int width, int height)
    {
        var page = await browser.OpenAsync(host.Address + path, width, height);
        await LookAsync(page, name);
        await page.Context.CloseAsync();
    }

    private async Task LookAsync(IPage page, string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Kiosk.sln"))) root = root.Parent;
        var kiosk = name.StartsWith("pay", StringComparison.Ordinal);
        await page.ScreenshotAsync(new() { Path = Path.Combine(root.FullName, ".shots", name + ".png"), FullPage = !kiosk });
        if (!await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")) _unfit.Add($"{name} is wider than its screen");
        var cut = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, a, h1, h2, p, dd, .kiosk-main, .pay-result')]
              .filter(e => e.offsetParent !== null && getComputedStyle(e).position !== 'absolute' && (e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 || e.getBoundingClientRect().right > innerWidth + 1) && !e.closest('.scroll'))
              .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40))
            """);
        _unfit.AddRange(cut.Select(part => $"{name}: {part}"));
        if (!kiosk) return;
        if (!await page.EvaluateAsync<bool>("(m => m.scrollHeight <= m.clientHeight + 1)(document.querySelector('.kiosk-main'))")) _unfit.Add($"{name} does not fit the height");
        var tight = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('.kiosk-main > :not(.kiosk-code), .pay-two > *, .pay-over > *, .pay-paper, .pay-result')]
              .filter(box => { const outer = box.getBoundingClientRect(); return [...box.children].filter(e => getComputedStyle(e).position !== 'absolute').some(e => { const inner = e.getBoundingClientRect(); return inner.height > 0 && (inner.bottom > outer.bottom + 2 || inner.top < outer.top - 2); }); })
              .map(box => box.className)
            """);
        _unfit.AddRange(tight.Select(part => $"{name}: .{part} does not hold its content"));
        foreach (var key in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.kiosk-main button')].filter(e => e.getBoundingClientRect().height < 75).map(e => e.textContent.trim() + ' ' + e.getBoundingClientRect().height)")) _unfit.Add($"{name}: key too low: {key}");
    }
}
