using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Staff;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

/// <summary>Staff settle what the terminal took, in a real browser.</summary>
[Collection(SharedBrowser.Name)]
public sealed class MoneyPageTests(Browser browser)
{
    [Fact]
    public async Task Cash_is_counted_blind_and_what_was_expected_is_told_afterwards()
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        var page = await browser.OpenAsync(host.Address + "/manager/money/count?lang=en");
        Assert.DoesNotContain("140.00", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("14000", await page.ContentAsync(), StringComparison.Ordinal);

        await page.FillAsync("[name=box]", "B-017");
        await page.FillAsync("[name=piece-1000]", "0");
        await page.FillAsync("[name=piece-2000]", "2");
        await page.FillAsync("[name=piece-5000]", "0");
        await page.FillAsync("[name=piece-10000]", "0");
        await page.ClickAsync(".count-form .primary");

        var told = await page.InnerTextAsync("#counted");
        Assert.Contains("140.00", told, StringComparison.Ordinal);
        Assert.Contains("-100.00", told, StringComparison.Ordinal);
        Assert.Equal("wang", host.Feed.Latest.State.Ledger!.Totals.Counts.Single().By);
    }

    [Fact]
    public async Task Count_with_a_denomination_left_out_is_not_written_down()
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        using var client = new HttpClient();
        await client.PostAsync(new Uri(host.Address + "/manager/money/count"), new FormUrlEncodedContent(new Dictionary<string, string> { ["device"] = "notes", ["box"] = "B", ["piece-2000"] = "2" }));

        Assert.Empty(host.Feed.Latest.State.Ledger!.Totals.Counts);
    }

    [Fact]
    public async Task Large_case_is_proposed_by_one_and_settled_by_another()
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        var known = host.UnknownCard(50_000);
        var page = await browser.OpenAsync(host.Address + "/manager/money/cases?lang=en");
        Assert.Contains("Card outcome unknown", await page.InnerTextAsync("main, #screen"), StringComparison.Ordinal);
        await SettleAsync(page, known, "Refunded", "bank: charged at 10:02");
        Assert.Contains("second person", await page.InnerTextAsync("#counter-message"), StringComparison.Ordinal);
        await SettleAsync(page, known, "Refunded", "bank: charged at 10:02");
        Assert.Contains("second person", await page.InnerTextAsync("#counter-message"), StringComparison.Ordinal);
        Assert.True(host.Feed.Latest.State.Ledger!.Cases.ContainsKey(known));

        host.User = "li";
        await page.GotoAsync(host.Address + "/manager/money/cases?lang=en");
        Assert.Contains("wang proposes", await page.InnerTextAsync("#screen"), StringComparison.Ordinal);
        await SettleAsync(page, known, "Refunded", "seen the same");
        Assert.Contains("settled", await page.InnerTextAsync("#counter-message"), StringComparison.Ordinal);
        Assert.False(host.Feed.Latest.State.Ledger!.Cases.ContainsKey(known));
    }

    [Fact]
    public async Task Period_is_closed_line_by_line_signed_and_never_again()
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        var page = await browser.OpenAsync(host.Address + "/manager/money/close?lang=en");
        await SignAsync(page, "");
        Assert.Contains("Cash was taken since the last count", await page.InnerTextAsync("#counter-message"), StringComparison.Ordinal);

        host.Intake.Do(new HallCommand.CountCash("notes", "B-017", [new(2_000, 2), new(10_000, 1)], "wang"));
        host.Office.TerminalAway = true;
        await page.ClickAsync("form[action*=card-totals] button");
        Assert.Contains("does not answer", await page.InnerTextAsync("#counter-message"), StringComparison.Ordinal);
        host.Office.TerminalAway = false;
        host.Office.TerminalOver = 500;
        await page.ClickAsync("form[action*=card-totals] button");
        await page.ClickAsync("form[action*=statements] button");
        await page.FillAsync("[name=slip]", "ICBC-0105");
        await page.FillAsync("[name=amount]", "140.00");
        await page.ClickAsync("form[action*=deposit] button");
        Assert.Contains("Over", await page.InnerTextAsync("[data-line=card]"), StringComparison.Ordinal);
        Assert.Equal("+5.00", await page.InnerTextAsync("#unexplained"));
        await SignAsync(page, "");
        Assert.Contains("reason", await page.InnerTextAsync("#counter-message"), StringComparison.OrdinalIgnoreCase);

        await SignAsync(page, "terminal counted a test payment");
        Assert.EndsWith("/manager/money/periods/1?said=done.period-closed", page.Url, StringComparison.Ordinal);
        Assert.Contains("Signed by wang", await page.InnerTextAsync(".signature"), StringComparison.Ordinal);
        Assert.Equal(2, host.Feed.Latest.State.Ledger!.Period);

        using var client = new HttpClient();
        var csv = await client.GetStringAsync(new Uri(host.Address + "/manager/money/periods/1.csv"));
        Assert.Contains("1,card,CNY,86.50,1,91.50,1,5.00,0.00", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_is_found_copied_and_made_void_with_a_reason()
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        host.Desk.Print(1, SlipReport.Printed);
        var page = await browser.OpenAsync(host.Address + "/manager/money/receipts?lang=en&q=000001");
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        await page.ClickAsync("form[action*='receipts/print'] button");
        Assert.Equal((1, SlipPhase.Queued), (host.Feed.Latest.State.Ledger!.Receipts[1].Copy, host.Feed.Latest.State.Ledger.Receipts[1].Phase));

        await page.GotoAsync(host.Address + "/manager/money/receipts?lang=en&q=000002");
        await page.ClickAsync(".money-acts summary");
        await page.FillAsync("[name=reason]", "printed on torn paper");
        await page.ClickAsync(".money-acts .danger");
        Assert.Equal("printed on torn paper", host.Feed.Latest.State.Ledger!.Receipts[2].VoidReason);
        Assert.Contains("new number", await page.InnerTextAsync("#counter-message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auditor_sees_everything_and_has_no_key_to_press()
    {
        await using var host = (await ScreenHost.StartAsync(change: DemoPayments.WithClaims)).Sold();
        host.Role = StaffRole.Auditor;
        foreach (var path in new[] { "", "/receipts", "/cases", "/periods" })
        {
            var page = await browser.OpenAsync(host.Address + "/manager/money" + path + "?lang=en");
            Assert.Equal(0, await page.Locator("form[method=post]:not([action='/sign-out'])").CountAsync());
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public void Money_is_settled_by_managers_and_seen_by_the_auditor_and_nobody_else()
    {
        Assert.Equal([StaffRole.Duty, StaffRole.Manager], Enum.GetValues<StaffRole>().Where(role => role.May(Right.SettleMoney)));
        Assert.Equal([StaffRole.Duty, StaffRole.Manager, StaffRole.Auditor], Enum.GetValues<StaffRole>().Where(role => role.May(Right.SeeMoney)));
    }

    private static async Task SettleAsync(IPage page, int number, string outcome, string reason)
    {
        var form = page.Locator($"form:has([name=case][value='{number}'])");
        await form.Locator($"[value={outcome}]").CheckAsync();
        await form.Locator("[name=reason]").FillAsync(reason);
        await form.Locator(".primary").ClickAsync();
        await page.WaitForSelectorAsync("#counter-message:not(:empty)");
    }

    private static async Task SignAsync(IPage page, string reason)
    {
        await page.FillAsync("form[action*='money/close'] [name=reason]", reason);
        await page.CheckAsync("[name=sure]");
        await page.ClickAsync("form[action*='money/close'] .primary");
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }
}
