using System.Net;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Ui.Tests.Support;

namespace Kiosk.Ui.Tests;

[Collection(SharedBrowser.Name)]
public sealed class GuideScreenTests(Browser browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guide_issues_a_number_with_priority_and_sees_it_large(bool script)
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 800, script: script);

        await page.CheckAsync("[data-key=class-Senior]");
        await page.ClickAsync("[data-key=issue-plan]");

        await page.WaitForSelectorAsync(".guide-chosen-head .number:text-is('C001')");
        var issued = Assert.Single(host.Feed.Latest.State.Tickets.Values);
        Assert.Equal((PriorityClass.Senior, new ServiceId("plan"), SlipPhase.Queued), (issued.Class, issued.Service, issued.Slip));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guide_is_warned_before_paper_ends_and_presses_when_a_new_roll_is_in(bool script)
    {
        await using var host = await ScreenHost.StartAsync();
        host.Devices.SetPaper(new(80, 71, host.Feed.Latest.At, 11, 20, new(2026, 1, 5, 7, 40, 0, TimeSpan.Zero), true));
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 800, script: script);

        Assert.Contains("Paper ends about 15:40", await page.InnerTextAsync("#guide-alarms"), StringComparison.Ordinal);
        await page.ClickAsync("[data-key=paper-ticket-printer]");
        await page.WaitForSelectorAsync("#counter-message.good:text-is('Paper is counted from the new roll on.')");

        Assert.Equal(["ticket-printer"], host.Devices.Loaded);
    }

    [Fact]
    public async Task Paper_of_a_device_that_has_none_cannot_be_loaded()
    {
        await using var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(host.Address + "/guide/press"), new FormUrlEncodedContent([new("paper", "counter-display")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(host.Devices.Loaded);
    }

    [Fact]
    public async Task Same_page_asked_twice_for_the_same_number_issues_one()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 800);

        await page.EvaluateAsync("""
            () => {
              const request = document.querySelector('.guide-issue [name=request]').value;
              const send = service => fetch('/guide/press', { method: 'POST', body: new URLSearchParams({ request, class: 'Vip', language: 'en', issue: service }) });
              return Promise.all([send('bill'), send('bill'), send('plan')]).then(() => null);
            }
            """);

        Assert.Equal(["A001", "C001"], host.Feed.Latest.State.Tickets.Values.Select(ticket => ticket.Number.ToString()).Order());
    }

    [Fact]
    public async Task Guide_prioritises_moves_and_cancels_a_ticket_of_the_list()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Take("bill");
        var mine = host.Take("bill");
        host.Intake.Do(new HallCommand.OpenCounter(new(5)));
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 800);

        await page.ClickAsync($"[data-key=choose-{mine}]");
        await page.WaitForURLAsync("**ticket=*");
        await page.ClickAsync("[data-key=give-Disabled]");
        await page.WaitForSelectorAsync("#counter-message.good:text-is('A002: priority changed')");
        await page.WaitForSelectorAsync("#guide-ticket .badge.priority:has-text('Disabled')");

        await page.ClickAsync("[data-key=move-counter-5]");
        await page.WaitForSelectorAsync("#counter-message:text-is('A002 was moved')");
        Assert.Equal(new CounterId(5), host.Feed.Latest.State.Tickets[mine].OnlyAt);

        await page.ClickAsync("[data-key=chosen-cancel]");
        await page.ClickAsync("[data-key=chosen-cancel-yes]");
        await page.WaitForSelectorAsync("#guide-ticket .badge.cancelled");
        Assert.Equal((TicketPhase.Cancelled, PriorityClass.Disabled), (host.Feed.Latest.State.Tickets[mine].Phase, host.Feed.Latest.State.Tickets[mine].Class));
    }

    [Fact]
    public async Task Refusal_and_success_are_told_where_scripts_are_off()
    {
        await using var host = await ScreenHost.StartAsync();
        var mine = host.Take("bill");
        var page = await browser.OpenAsync($"{host.Address}/guide?lang=en&ticket={mine}", 1280, 800, script: false);

        await page.ClickAsync("[data-key=give-Urgent]");
        Assert.Equal("A001: priority changed", await page.InnerTextAsync("#counter-message.good"));

        host.Intake.Do(new HallCommand.OpenCounter(new(1)));
        host.Intake.Do(new HallCommand.CallNext(new(1)));
        await page.ClickAsync("[data-key=chosen-cancel]");
        await page.ClickAsync("[data-key=chosen-cancel-yes]");
        Assert.StartsWith("This ticket is at a counter", await page.InnerTextAsync("#counter-message:not(.good)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Device_fault_reaches_the_guide_with_what_to_do()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 800);

        host.Devices.SetPrinter(DeviceState.OutOfService, "OutOfPaper");

        await page.WaitForSelectorAsync("#guide-alarms >> text=Open the cover, load a new roll, close the cover.");
    }

    [Fact]
    public async Task Auditor_sees_the_hall_and_has_no_keys()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Role = StaffRole.Auditor;
        var mine = host.Take("bill");
        using var client = new HttpClient();

        var page = await client.GetStringAsync(new Uri($"{host.Address}/guide?ticket={mine}"));
        Assert.Contains("A001", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<button name=", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issue", "lottery")]
    [InlineData("class", "Senior")]
    [InlineData("do", "dance")]
    public async Task Form_that_asks_for_nothing_that_there_is_is_refused(string field, string value)
    {
        await using var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent([new(field, value)]);
        using var answer = await client.PostAsync(new Uri(host.Address + "/guide/press"), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
