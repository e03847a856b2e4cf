using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

/// <summary>A customer pays a bill in a real browser; the test plays devices and biller.</summary>
[Collection(SharedBrowser.Name)]
public sealed class PayScreenTests(Browser browser)
{
    [Theory]
    [InlineData("zh-CN", "缴费成功", "请插卡或挥卡")]
    [InlineData("zh-TW", "繳費成功", "請插卡或感應卡片")]
    [InlineData("en", "Paid", "Please insert or tap your card")]
    public async Task Customer_pays_by_card_in_their_language(string language, string paid, string insert)
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToMeansAsync(browser, host, language);
        Assert.Contains("•••• 5678", await page.InnerTextAsync("#kiosk-main"), StringComparison.Ordinal);

        await page.ClickAsync("[data-key=card]");
        await page.WaitForSelectorAsync("#card-shows");
        host.Desk.CardGoesOut();
        host.Desk.Show(0x0A);
        await page.WaitForSelectorAsync($"#card-shows:has-text('{insert}')");
        var payment = host.Desk.Current;
        host.Desk.CardAuthorised();
        await page.WaitForSelectorAsync(".pay-wait");
        host.Desk.BillerConfirms(payment);
        host.Desk.CardPaid(payment);

        await page.WaitForSelectorAsync($"#pay-result:has-text('{paid}')");
        Assert.Contains("86.50", await page.InnerTextAsync("#pay-result"), StringComparison.Ordinal);
        host.Desk.Print(1, SlipReport.Printed);
        await page.WaitForSelectorAsync("#slip-1.good");
        Assert.Contains(paid, await page.InnerTextAsync("#kiosk-say"), StringComparison.Ordinal);
        Assert.Equal(language, host.Feed.Latest.State.Ledger!.Find(payment)!.Language);

        await page.ClickAsync("[data-key=done]");
        await page.WaitForSelectorAsync("[data-key=pay]");
        Assert.DoesNotContain("• 5678", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customer_pays_in_cash_and_was_told_first_that_there_is_no_change()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToMeansAsync(browser, host, "en");
        Assert.Contains("Change is not given", await page.InnerTextAsync(".pay-means"), StringComparison.Ordinal);
        Assert.Equal(0, host.Desk.Begun);

        await page.ClickAsync("[data-key=cash]");
        await page.WaitForSelectorAsync("#left:has-text('86.50')");
        host.Desk.NoteWaits(5_000);
        await page.WaitForSelectorAsync(".pay-moving");
        host.Desk.NoteTaken(5_000);
        await page.WaitForSelectorAsync("#put-in:has-text('50.00')");
        Assert.Contains("36.50", await page.InnerTextAsync("#left"), StringComparison.Ordinal);
        host.Desk.Put(5_000);
        await page.ClickAsync("[data-key=finish].primary");
        await page.WaitForSelectorAsync(".pay-wait");
        host.Desk.BillerConfirms(host.Desk.Current);

        await page.WaitForSelectorAsync("#pay-result.good");
        var said = await page.InnerTextAsync(".pay-paper");
        Assert.Contains("¥13.50 above the amount were credited", said, StringComparison.Ordinal);
        Assert.Equal(DemoPayments.Yuan(10_000), host.Feed.Latest.State.Ledger!.Totals.Credited);
    }

    [Fact]
    public async Task Overpaid_cash_is_a_claim_slip_where_the_profile_says_so()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.WithClaims);
        var page = await Customer.ToMeansAsync(browser, host, "en");
        Assert.Contains("claim slip", await page.InnerTextAsync(".pay-means"), StringComparison.Ordinal);
        await page.ClickAsync("[data-key=cash]");
        await page.WaitForSelectorAsync("#put-in");
        host.Desk.Put(10_000);
        await page.ClickAsync("[data-key=finish]");
        await page.WaitForSelectorAsync(".pay-wait");
        host.Desk.BillerConfirms(host.Desk.Current);

        await page.WaitForSelectorAsync("#case-number:has-text('T1-C0001')");
        Assert.Contains("¥13.50", await page.InnerTextAsync(".pay-paper"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_cash_is_asked_about_and_comes_back_as_a_claim()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToMeansAsync(browser, host, "en");
        await page.ClickAsync("[data-key=cash]");
        await page.WaitForSelectorAsync("#put-in");
        host.Desk.Put(2_000);
        await page.WaitForSelectorAsync("#put-in:has-text('20.00')");
        await page.ClickAsync("[data-key=stop]");
        await page.WaitForSelectorAsync("[data-key=stop-yes]");
        Assert.Empty(host.Desk.Cancelled);
        await page.ClickAsync("[data-key=stop-yes]");

        await page.WaitForSelectorAsync("#case-number:has-text('T1-C0001')");
        Assert.Equal(["cancelled"], host.Desk.Cancelled);
        Assert.Equal(DemoPayments.Yuan(2_000), host.Feed.Latest.State.Ledger!.InCases);
    }

    [Fact]
    public async Task Card_payment_is_cancelled_and_nothing_was_charged()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToMeansAsync(browser, host, "en");
        await page.ClickAsync("[data-key=card]");
        await page.WaitForSelectorAsync("#card-shows");
        host.Desk.CardGoesOut();
        await page.ClickAsync("[data-key=stop]");

        await page.WaitForSelectorAsync("#pay-result:has-text('Not paid')");
        Assert.Contains("not charged", await page.InnerTextAsync(".pay-paper"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("[data-key^=print]").CountAsync());
    }

    [Theory]
    [InlineData("zh-CN", "不要重复缴费")]
    [InlineData("zh-TW", "請勿重複繳費")]
    [InlineData("en", "do not pay this bill again")]
    public async Task Unknown_outcome_is_a_case_and_never_try_again(string language, string not)
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToMeansAsync(browser, host, language);
        await page.ClickAsync("[data-key=card]");
        await page.WaitForSelectorAsync("#card-shows");
        host.Desk.CardGoesOut();
        var payment = host.Desk.Current;
        host.Desk.CardUnknown();
        await page.WaitForSelectorAsync(".pay-wait");
        Assert.Equal(0, await page.Locator("[data-key=stop]").CountAsync());
        host.Desk.OpenCase(payment);

        await page.WaitForSelectorAsync("#case-number:has-text('T1-C0001')");
        Assert.Contains(not, await page.InnerTextAsync(".pay-paper"), StringComparison.Ordinal);
        Assert.Equal(["done", "large", "contrast"], await page.Locator(".kiosk-foot button").EvaluateAllAsync<string[]>("keys => keys.map(key => key.dataset.key)"));
        await page.ClickAsync("[data-key=done]");
        await page.WaitForSelectorAsync("[data-key=pay]:has(.kiosk-service-wait)");
    }

    [Fact]
    public async Task Nobody_there_any_more_stops_cash_and_wipes_the_page()
    {
        var clock = new ShiftedClock();
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In, clock: clock);
        var page = await Customer.ToMeansAsync(browser, host, "en");
        await page.ClickAsync("[data-key=cash]");
        await page.WaitForSelectorAsync("#put-in");
        host.Desk.Put(2_000);
        await page.WaitForSelectorAsync("#put-in:has-text('20.00')");

        clock.Forward(TimeSpan.FromSeconds(31));
        await page.WaitForSelectorAsync("[data-key=more]");
        await page.ClickAsync("[data-key=more]");
        await page.WaitForSelectorAsync("[data-key=more]", new() { State = WaitForSelectorState.Detached });
        clock.Forward(TimeSpan.FromSeconds(31));
        await page.WaitForSelectorAsync("[data-key=more]");
        clock.Forward(TimeSpan.FromSeconds(21));
        await page.WaitForSelectorAsync("#case-number");
        Assert.Equal(["timed-out"], host.Desk.Cancelled);

        clock.Forward(TimeSpan.FromSeconds(31));
        await page.WaitForSelectorAsync("[data-key=more]");
        clock.Forward(TimeSpan.FromSeconds(21));
        await page.WaitForSelectorAsync("[data-key=pay]");
        Assert.DoesNotContain("• 5678", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("zh-CN", await page.GetAttributeAsync("html", "lang"));
    }

    [Fact]
    public async Task Without_paper_the_receipt_is_on_the_screen_and_on_the_phone_and_printed_when_asked()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        host.Desk.Set(new(true, true, true, Printer: false));
        var page = await Customer.ToMeansAsync(browser, host, "en");
        await page.ClickAsync("[data-key=card]");
        await page.WaitForSelectorAsync("#card-shows");
        host.Desk.CardGoesOut();
        var payment = host.Desk.Current;
        host.Desk.CardAuthorised();
        host.Desk.CardPaid(payment);

        await page.WaitForSelectorAsync("#pay-result.good");
        Assert.Contains("credited later", await page.InnerTextAsync(".pay-paper"), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator(".pay-qr .qr").CountAsync());
        await page.ClickAsync("[data-key=print-1]");
        await page.WaitForSelectorAsync("#slip-1:has-text('as soon as there is paper')");
        Assert.Equal(SlipPhase.Queued, host.Feed.Latest.State.Ledger!.Receipts[1].Phase);

        var phone = await browser.OpenAsync($"{host.Address}/receipt/{payment}", 400, 850);
        Assert.Contains("as soon as the biller answers", await phone.InnerTextAsync("main"), StringComparison.Ordinal);
        host.Desk.BillerConfirms(payment);
        await phone.ReloadAsync();
        Assert.Contains("M-20260105-0042", await phone.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(404, (await phone.GotoAsync($"{host.Address}/receipt/000000000000"))!.Status);
    }

    [Fact]
    public async Task Reload_shows_the_same_step_and_the_account_is_not_in_the_page()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToAccountAsync(browser, host, "en");
        await Customer.TypeAsync(page, DemoPayments.GoodAccount);
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        Assert.Contains("•••••••5678", await page.InnerTextAsync(".pay-code"), StringComparison.Ordinal);
        Assert.DoesNotContain(DemoPayments.GoodAccount, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistyped_unknown_and_unanswered_accounts_are_told_apart()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToAccountAsync(browser, host, "en", "broadband");
        await Customer.TypeAsync(page, "79927398710");
        await page.ClickAsync("[data-key=ok]");
        await page.WaitForSelectorAsync(".notice.bad:has-text('One of the digits is wrong')");
        Assert.Empty(host.Desk.Asked);

        await page.ClickAsync("[data-key=back]");
        await page.ClickAsync("[data-key=biller-mobile]");
        await Customer.TypeAsync(page, "13999999999");
        await page.ClickAsync("[data-key=ok]");
        await page.WaitForSelectorAsync(".notice.bad:has-text('does not know this number')");
        Assert.Equal("–", await page.InnerTextAsync(".pay-code [aria-hidden]"));

        host.Desk.Slow = new();
        await Customer.TypeAsync(page, "13800000000");
        await page.ClickAsync("[data-key=ok]");
        await page.WaitForSelectorAsync(".pay-wait");
        host.Desk.Slow.SetResult(new LookUpAnswer.Unavailable("no answer"));
        await page.WaitForSelectorAsync("h1:has-text('The biller does not answer')");
    }

    [Fact]
    public async Task Typed_amount_is_kept_within_the_limits()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToAmountAsync(browser, host, "en");
        await page.ClickAsync("[data-key=other]");
        await page.WaitForSelectorAsync("[data-key=point]");
        Assert.True(await page.IsDisabledAsync("[data-key=ok]"));
        await page.ClickAsync("[data-key=digit-0]");
        await page.WaitForSelectorAsync(".pay-code:has-text('0')");
        Assert.True(await page.IsDisabledAsync("[data-key=ok]"));
        await page.ClickAsync("[data-key=digit-7]");
        await page.ClickAsync("[data-key=ok]:enabled");
        await page.WaitForSelectorAsync("[data-key=cash]");
        Assert.Contains("7.00", await page.InnerTextAsync(".pay-facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_terminal_cannot_do_now_is_said_before_somebody_begins()
    {
        await using var host = await ScreenHost.StartAsync(change: DemoPayments.In);
        var page = await Customer.ToMeansAsync(browser, host, "en");
        host.Desk.Set(new(true, false, true, true));
        await page.WaitForSelectorAsync("[data-key=card]:disabled");
        await page.ClickAsync("[data-key=leave]");
        await page.WaitForSelectorAsync("[data-key=pay]:has-text('cash only')");
        host.Desk.Set(new(false, true, true, true) { Finishing = true });
        await page.WaitForSelectorAsync("[data-key=pay]:disabled:has-text('being finished')");
    }
}
