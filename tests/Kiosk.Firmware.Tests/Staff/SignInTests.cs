using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Microsoft.Extensions.DependencyInjection;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests.Staff;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly HandClock _clock = new();
    private RunningHall _hall = null!;

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync(services: all => all.AddSingleton<TimeProvider>(_clock));

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Fifty_wrong_PINs_are_all_refused_and_all_in_the_audit_and_the_right_one_does_not_help_then()
    {
        using var http = _hall.Anonymous();
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 50; attempt++) answers.Add(await SignInAsync(http, "clerk", $"99{attempt:0000}"));

        Assert.DoesNotContain(HttpStatusCode.OK, answers);
        Assert.Equal(5, answers.Count(answer => answer == HttpStatusCode.Unauthorized));
        Assert.Equal(25, answers.Count(answer => answer == HttpStatusCode.Locked));
        Assert.Equal(20, answers.Count(answer => answer == HttpStatusCode.TooManyRequests));
        Assert.Equal(50, Facts<SignInRefused>().Count(fact => fact.User == "clerk"));
        Assert.Contains(new StaffChanged("clerk", "locked"), Facts<StaffChanged>());

        // From another address, so that only the lock stands in the way.
        Assert.IsType<SignInResult.Locked>(await DeskAsync("clerk", RunningHall.Pin, "10.0.0.9"));
        Assert.DoesNotContain(Facts<HallEvent>(), fact => fact.ToString()!.Contains("990007", StringComparison.Ordinal) || fact.ToString()!.Contains(RunningHall.Pin, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lock_ends_by_itself_lasts_twice_as_long_the_next_time_and_a_manager_can_end_it()
    {
        await WrongAsync("guide", 5);
        Assert.Equal(5, await LockAsync("guide"));

        _clock.Advance(TimeSpan.FromMinutes(5.1));
        await WrongAsync("guide", 5);
        Assert.Equal(10, await LockAsync("guide"));

        Assert.Equal(200, (await _hall.PostAsync("staff/guide/unlock")).Status);
        Assert.IsType<SignInResult.Done>(await DeskAsync("guide", RunningHall.Pin, "10.0.0.1"));
    }

    [Fact]
    public async Task Unknown_user_is_answered_like_a_wrong_PIN_and_is_locked_like_a_known_one()
    {
        using var http = _hall.Anonymous();
        Assert.Equal(await BodyAsync(http, "clerk", "000001"), await BodyAsync(http, "nobody", "000001"));

        await WrongAsync("nobody", 4);
        Assert.IsType<SignInResult.Locked>(await DeskAsync("nobody", "000001", "10.0.0.2"));
    }

    [Fact]
    public async Task One_address_that_tries_too_much_keeps_nobody_else_out()
    {
        for (var attempt = 0; attempt < SignInThrottle.PerAddress; attempt++) await DeskAsync($"u{attempt}", "000000", "10.0.0.3");

        Assert.IsType<SignInResult.Throttled>(await DeskAsync("duty", RunningHall.Pin, "10.0.0.3"));
        Assert.IsType<SignInResult.Done>(await DeskAsync("duty", RunningHall.Pin, "10.0.0.4"));
        _clock.Advance(SignInThrottle.Window);
        Assert.IsType<SignInResult.Done>(await DeskAsync("duty", RunningHall.Pin, "10.0.0.3"));
    }

    [Fact]
    public async Task Session_ends_an_hour_after_the_last_press_and_the_seat_with_it()
    {
        using var clerk = await _hall.AsAsync("clerk", 3);
        _clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(HttpStatusCode.OK, (await clerk.PostAsync("counters/3/open", null)).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(HttpStatusCode.OK, (await clerk.PostAsync("counters/3/pause", null)).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(61));

        var refused = await clerk.PostAsync("counters/3/resume", null);
        Assert.Equal((HttpStatusCode.Unauthorized, "session-expired"), (refused.StatusCode, await ReasonAsync(refused)));
        await _hall.The<StaffDesk>().SweepAsync(TimeSpan.FromHours(1));
        Assert.Contains(Facts<StaffSignedOut>(), fact => fact is { User: "clerk", Why: "timed-out" });
        Assert.Contains(Facts<CounterLeft>(), fact => fact.Clerk == "clerk");
    }

    [Fact]
    public async Task Session_ends_after_twelve_hours_however_busy_it_is()
    {
        using var duty = await _hall.AsAsync("duty");
        for (var half = 0; half < 24; half++)
        {
            Assert.Equal(HttpStatusCode.OK, (await duty.GetAsync("me")).StatusCode);
            _clock.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await duty.GetAsync("me")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_sessions_of_the_user_and_nobody_elses()
    {
        using var one = await _hall.AsAsync("clerk", 2);
        using var other = await _hall.AsAsync("clerk");
        using var duty = await _hall.AsAsync("duty");

        Assert.Equal(HttpStatusCode.NoContent, (await other.PostAsJsonAsync("sign-out", new { everywhere = true })).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await one.GetAsync("me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await duty.GetAsync("me")).StatusCode);
        Assert.Null(_hall.The<HallFeed>().Latest.State.SeatOf("clerk"));
    }

    [Fact]
    public async Task Clerk_who_signs_in_at_another_counter_moves_and_presses_only_there()
    {
        using var first = await _hall.AsAsync("clerk", 1);
        using var second = await _hall.AsAsync("clerk", 2);

        var refused = await first.PostAsync("counters/1/open", null);
        Assert.Equal((HttpStatusCode.Forbidden, "other-counter"), (refused.StatusCode, await ReasonAsync(refused)));
        Assert.Equal(HttpStatusCode.OK, (await second.PostAsync("counters/2/open", null)).StatusCode);
        using var duty = await _hall.AsAsync("duty");
        Assert.Equal(HttpStatusCode.OK, (await duty.PostAsync("counters/1/open", null)).StatusCode);

        var opened = Recorded().Where(recorded => recorded.Fact is CounterOpened).Select(recorded => (recorded.Who, ((CounterOpened)recorded.Fact).Counter.Value));
        Assert.Equal([("clerk", 2), ("duty", 1)], opened);
    }

    [Fact]
    public async Task Changed_role_PIN_or_removal_ends_the_sessions_of_the_account()
    {
        foreach (var (path, body) in new (string, object)[] { ("role", new { role = "guide" }), ("pin", new { pin = "135791" }), ("remove", new { }) })
        {
            var user = "u-" + path;
            Assert.Equal(201, (await _hall.PostAsync("staff", new { user, role = "clerk", pin = "975310" })).Status);
            using var http = _hall.Anonymous();
            var signed = await http.PostAsJsonAsync("sign-in", new { user, pin = "975310" });
            http.DefaultRequestHeaders.Authorization = new("Bearer", (string)JsonNode.Parse(await signed.Content.ReadAsStringAsync())!["token"]!);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("me")).StatusCode);

            await _hall.Http.PostAsJsonAsync($"staff/{user}/{path}", body);

            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("me")).StatusCode);
        }
    }

    [Fact]
    public async Task Manager_can_neither_remove_nor_demote_themselves()
    {
        Assert.Equal((409, "yourself"), await SaidAsync("staff/manager/remove", null));
        Assert.Equal((409, "yourself"), await SaidAsync("staff/manager/role", new { role = "clerk" }));
        Assert.Equal((400, "bad-input"), await SaidAsync("staff", new { user = "Li Wei", role = "clerk", pin = "975310" }));
        Assert.Equal((400, "bad-input"), await SaidAsync("staff", new { user = "li.wei", role = "clerk", pin = "1234" }));
        Assert.Equal((400, "bad-input"), await SaidAsync("staff", new { user = "li.wei", role = "king", pin = "975310" }));
        Assert.Equal((404, "unknown-user"), await SaidAsync("staff/li.wei/unlock", null));
    }

    private async Task<(int, string)> SaidAsync(string path, object? body)
    {
        var (status, problem, _) = await _hall.PostAsync(path, body);
        return (status, (string)problem["reason"]!);
    }

    private Task<SignInResult> DeskAsync(string user, string pin, string address) => _hall.The<StaffDesk>().SignInAsync(user, pin, "api " + address, address, null, CancellationToken.None);

    private async Task WrongAsync(string user, int times)
    {
        for (var n = 0; n < times; n++) Assert.IsType<SignInResult.Wrong>(await DeskAsync(user, "000000", $"10.1.{user.Length}.{n}"));
    }

    private async Task<int> LockAsync(string user) => (int)Math.Round(Assert.IsType<SignInResult.Locked>(await DeskAsync(user, RunningHall.Pin, "10.0.0.8")).For.TotalMinutes);

    private static async Task<HttpStatusCode> SignInAsync(HttpClient http, string user, string pin) => (await http.PostAsJsonAsync("sign-in", new { user, pin })).StatusCode;

    private static async Task<string> BodyAsync(HttpClient http, string user, string pin) => await (await http.PostAsJsonAsync("sign-in", new { user, pin })).Content.ReadAsStringAsync();

    private static async Task<string> ReasonAsync(HttpResponseMessage response) => (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["reason"]!;

    private List<Recorded> Recorded() => [.. _hall.The<IJournal>().Read(0, 1000)];

    private List<T> Facts<T>() where T : HallEvent => [.. Recorded().Select(recorded => recorded.Fact).OfType<T>()];
}
