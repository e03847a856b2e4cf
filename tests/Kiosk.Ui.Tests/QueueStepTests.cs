using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Ui.Tests.Support;

namespace Kiosk.Ui.Tests;

/// <summary>Steps on which a customer or clerk decides: long waits, appointments, giving up, chosen calls, timed holds.</summary>
[Collection(SharedBrowser.Name)]
public sealed class QueueStepTests(Browser browser)
{
    private static HallProfile Impatient(HallProfile hall) => hall with { Rules = hall.Rules with { LongWait = TimeSpan.FromMinutes(1) } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Customer_is_asked_before_a_long_wait(bool script)
    {
        await using var host = await ScreenHost.StartAsync(change: Impatient);
        for (var n = 0; n < 8; n++) host.Take("number");
        var page = await browser.OpenAsync(host.Address + "/kiosk", script: script);
        await page.ClickAsync("[data-key=language-en]");

        await page.ClickAsync("html[lang=en] [data-key=service-number]");
        await page.WaitForSelectorAsync("text=About 8 people are waiting for this service.");
        await page.ClickAsync("[data-key=back]");
        await page.ClickAsync("[data-key=service-number]");
        await page.ClickAsync("[data-key=anyway]");

        Assert.Equal("B009", await page.InnerTextAsync("#your-number"));
        Assert.Equal(9, host.Feed.Latest.State.Services[new("number")].Issued);
    }

    [Fact]
    public async Task Question_that_nobody_answers_takes_no_number_and_a_short_wait_asks_nothing()
    {
        await using var host = await ScreenHost.StartAsync(change: Impatient);
        for (var n = 0; n < 8; n++) host.Take("number");
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        await page.ClickAsync("[data-key=service-number]");
        await page.WaitForSelectorAsync("[data-key=anyway]");
        Assert.Equal(8, host.Feed.Latest.State.Services[new("number")].Issued);

        await page.ClickAsync("[data-key=back]");
        await page.ClickAsync("[data-key=service-complaint]");
        Assert.Equal("D001", await page.InnerTextAsync("#your-number"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Customer_checks_in_with_the_code_of_an_appointment(bool script)
    {
        await using var host = await ScreenHost.StartAsync();
        host.Appointments.Book("410275", "plan", TimeProvider.System.GetUtcNow().AddMinutes(5));
        var page = await browser.OpenAsync(host.Address + "/kiosk", script: script);

        await page.ClickAsync("[data-key=appointment]");
        foreach (var digit in "410276") await page.ClickAsync($"[data-key=digit-{digit}]:enabled");
        await page.ClickAsync("[data-key=check-in]:enabled");
        await page.WaitForSelectorAsync("text=没有找到这个预约码");

        foreach (var digit in "4102") await page.ClickAsync($"[data-key=digit-{digit}]:enabled");
        await page.ClickAsync("[data-key=digit-9]:enabled");
        await page.ClickAsync("[data-key=erase]:enabled");
        foreach (var digit in "75") await page.ClickAsync($"[data-key=digit-{digit}]:enabled");
        await page.ClickAsync("[data-key=check-in]:enabled");

        Assert.Equal("C001", await page.InnerTextAsync("#your-number"));
        var ticket = Assert.Single(host.Feed.Latest.State.Tickets.Values);
        Assert.Equal(("410275", PriorityClass.Appointment), (ticket.Appointment, ticket.Class));
    }

    [Fact]
    public async Task Customer_who_comes_too_early_is_told_so_and_can_take_a_number()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Appointments.Book("111222", "plan", TimeProvider.System.GetUtcNow().AddHours(5));
        var page = await browser.OpenAsync(host.Address + "/kiosk", script: false);
        await page.ClickAsync("[data-key=appointment]");
        foreach (var digit in "111222") await page.ClickAsync($"[data-key=digit-{digit}]:enabled");
        await page.ClickAsync("[data-key=check-in]");

        Assert.Contains("尚未到预约签到时间", await page.InnerTextAsync(".notice.bad"), StringComparison.Ordinal);
        await page.ClickAsync("[data-key=service-bill]");
        Assert.Equal("A001", await page.InnerTextAsync("#your-number"));
    }

    [Fact]
    public async Task Hall_that_is_closed_at_this_hour_says_so_with_its_hours()
    {
        await using var host = await ScreenHost.StartAsync(change: hall => hall with
        {
            Rules = hall.Rules with { KeepHours = true },
            SpecialDays = [new(new(2000, 1, 1), new(2100, 1, 1), Texts.Of(("en", "always shut")), [])],
        });
        var page = await browser.OpenAsync(host.Address + "/kiosk", script: false);
        await page.ClickAsync("[data-key=service-bill]");

        Assert.Equal("本厅现在不在营业时间。", await page.InnerTextAsync("h1"));
        Assert.Contains("08:30–18:00", await page.InnerTextAsync(".hours"), StringComparison.Ordinal);
        await page.ClickAsync("[data-key=back]");
        Assert.Equal("请选择您要办理的业务", await page.InnerTextAsync("h1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Customer_gives_up_on_the_phone_after_being_asked(bool script)
    {
        await using var host = await ScreenHost.StartAsync();
        host.Role = null;
        var mine = host.Take("bill", "en");
        var page = await browser.OpenAsync($"{host.Address}/ticket/{mine}", 400, 850, script: script);
        Assert.False(await page.IsVisibleAsync("[data-key=cancel-yes]"));

        await page.ClickAsync("[data-key=cancel]");
        await page.ClickAsync("[data-key=cancel-yes]");

        await page.WaitForSelectorAsync("text=This number was cancelled");
        Assert.Equal(TicketPhase.Cancelled, host.Feed.Latest.State.Tickets[mine].Phase);
        Assert.False(await page.IsVisibleAsync("[data-key=cancel]"));
    }

    [Fact]
    public async Task Customer_who_was_called_meanwhile_cannot_cancel_and_is_told_in_their_words()
    {
        await using var host = await ScreenHost.StartAsync();
        var mine = host.Take("bill", "en");
        var page = await browser.OpenAsync($"{host.Address}/ticket/{mine}", 400, 850, script: false);
        host.Intake.Do(new HallCommand.OpenCounter(new(1)));
        host.Intake.Do(new HallCommand.CallNext(new(1)));

        await page.ClickAsync("[data-key=cancel]");
        await page.ClickAsync("[data-key=cancel-yes]");

        Assert.StartsWith("Your number has just been called", await page.InnerTextAsync("#counter-message"), StringComparison.Ordinal);
        Assert.Equal(TicketPhase.Called, host.Feed.Latest.State.Tickets[mine].Phase);
    }

    [Fact]
    public async Task Clerk_calls_a_chosen_ticket_and_reads_why_others_are_next()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Take("bill");
        host.Take("bill");
        var chosen = host.Take("plan");
        host.Intake.Do(new HallCommand.OpenCounter(new(1)));
        var page = await browser.OpenAsync(host.Address + "/counter/1?lang=en");
        Assert.Matches(@"^A001 has waited \d+ s, longest of 3 waiting$", await page.InnerTextAsync(".then .why"));

        await page.ClickAsync($"[data-key=call-{chosen}]");

        await page.WaitForSelectorAsync(".now .number:text-is('C001')");
        Assert.Matches(@"^C001 was chosen by the clerk and has waited \d+ s$", await page.InnerTextAsync(".now .why"));
    }

    [Fact]
    public async Task Clerk_holds_for_ten_minutes_and_sends_the_next_one_away_and_back()
    {
        await using var host = await ScreenHost.StartAsync();
        var (held, sent) = (host.Take("bill"), host.Take("bill"));
        host.Intake.Do(new HallCommand.OpenCounter(new(1)));
        host.Intake.Do(new HallCommand.CallNext(new(1)));
        var page = await browser.OpenAsync(host.Address + "/counter/1?lang=en");

        await page.ClickAsync("[data-key=hold-10]");
        await page.WaitForSelectorAsync(".aside-list >> text=/until \\d\\d:\\d\\d/");
        var ticket = host.Feed.Latest.State.Tickets[held];
        Assert.Equal(TimeSpan.FromMinutes(10), ticket.HeldUntil - ticket.EndedAt);

        await page.ClickAsync("[data-key=key-next]");
        await page.WaitForSelectorAsync(".now .number:text-is('A002')");
        await page.CheckAsync("[data-key=return]");
        await page.ClickAsync("[data-key=to-complaint]");
        await page.WaitForSelectorAsync(".now .none");
        Assert.Equal((new ServiceId("bill"), new CounterId(1)), host.Feed.Latest.State.Tickets[sent].Return);
    }

    [Fact]
    public async Task Public_screens_never_show_a_priority()
    {
        await using var host = await ScreenHost.StartAsync();
        var id = host.Take("bill", "en");
        host.Intake.Do(new HallCommand.PrioritiseTicket(id, PriorityClass.Senior));
        host.Intake.Do(new HallCommand.OpenCounter(new(1)));
        using var client = new HttpClient();
        async Task<string> AllAsync() => string.Concat(await Task.WhenAll(new[] { "/hall", "/kiosk", $"/ticket/{id}?lang=en" }.Select(path => client.GetStringAsync(new Uri(host.Address + path)))));

        var waiting = await AllAsync();
        host.Intake.Do(new HallCommand.CallNext(new(1)));
        foreach (var shown in new[] { waiting, await AllAsync() })
        {
            Assert.DoesNotContain("Senior", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("老年", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("priority", shown, StringComparison.OrdinalIgnoreCase);
        }
    }
}
