using Microsoft.Playwright;

namespace Kiosk.Ui.Tests.Support;

/// <summary>The ways of a customer who pays a bill, up to a step.</summary>
internal static class Customer
{
    public static async Task<IPage> ToAccountAsync(Browser browser, ScreenHost host, string language, string biller = "mobile", string mode = "normal", int width = 1280, int height = 1024)
    {
        var page = await browser.OpenAsync(host.Address + "/kiosk", width, height);
        await page.ClickAsync($"[data-key=language-{language}]");
        await page.WaitForSelectorAsync($"html[lang={language}]");
        if (mode != "normal")
        {
            await page.ClickAsync($"[data-key={mode}]");
            await page.WaitForSelectorAsync($"html.{mode}");
        }

        await page.ClickAsync("[data-key=pay]");
        await page.ClickAsync($"[data-key=biller-{biller}]");
        await page.WaitForSelectorAsync(".pay-pad");
        return page;
    }

    /// <summary>As fast as the screen shows what was typed.</summary>
    public static async Task TypeAsync(IPage page, string digits, int before = 0)
    {
        for (var place = before; place < before + digits.Length; place++)
        {
            await page.WaitForSelectorAsync($".pay-pad [name=place][value='{place}']", new() { State = WaitForSelectorState.Attached });

            // The script takes the same key within half a second for a double strike.
            await page.EvaluateAsync("""
                ([place, digit]) => fetch('/kiosk/press', { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ step: document.querySelector('.pay-pad [name=step]').value, place, pay: 'digit:' + digit }) }).then(() => null)
                """, new[] { place.ToString(System.Globalization.CultureInfo.InvariantCulture), digits[place - before].ToString() });
        }

        await page.WaitForSelectorAsync($".pay-pad [name=place][value='{before + digits.Length}']", new() { State = WaitForSelectorState.Attached });
    }

    public static async Task<IPage> ToAmountAsync(Browser browser, ScreenHost host, string language, string mode = "normal", int width = 1280, int height = 1024)
    {
        var page = await ToAccountAsync(browser, host, language, "mobile", mode, width, height);
        await TypeAsync(page, DemoPayments.GoodAccount);
        await page.ClickAsync("[data-key=ok]");
        await page.WaitForSelectorAsync("[data-key=due]");
        return page;
    }

    public static async Task<IPage> ToMeansAsync(Browser browser, ScreenHost host, string language, string mode = "normal", int width = 1280, int height = 1024)
    {
        var page = await ToAmountAsync(browser, host, language, mode, width, height);
        await page.ClickAsync("[data-key=due]");
        await page.WaitForSelectorAsync(".pay-means");
        return page;
    }
}
