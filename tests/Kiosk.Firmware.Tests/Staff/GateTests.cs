using System.Net;
using System.Text.Json.Nodes;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Firmware.Web.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Firmware.Tests.Staff;

public sealed class GateTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync(services: all => all.AddSingleton<IStartupFilter, Elsewhere>());

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Without_a_session_with_too_little_right_and_with_a_forged_one_the_managers_pages_stay_shut_and_the_audit_has_it_all()
    {
        using var nobody = _hall.Anonymous();
        var led = await nobody.GetAsync("/manager/users");
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?to=%2Fmanager%2Fusers"), (led.StatusCode, led.Headers.Location!.ToString()));
        Assert.Equal((401, "not-signed-in"), await AskAsync(nobody, HttpMethod.Post, "day/close"));

        using var clerk = await _hall.AsAsync("clerk");
        var page = await clerk.GetAsync("/manager/users?lang=en");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("Hall manager", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((403, "role"), await AskAsync(clerk, HttpMethod.Post, "day/close"));
        Assert.Equal((403, "role"), await AskAsync(clerk, HttpMethod.Get, "audit"));

        using var forged = _hall.Anonymous();
        forged.DefaultRequestHeaders.Authorization = new("Bearer", new string('A', 43));
        Assert.Equal((401, "session-unknown"), await AskAsync(forged, HttpMethod.Get, "audit"));
        Assert.Equal((401, "session-unknown"), await AskAsync(forged, HttpMethod.Get, "hall"));
        Assert.Equal(HttpStatusCode.SeeOther, (await WithAsync(nobody, HttpMethod.Get, "/manager/audit", ("Cookie", "session=" + new string('B', 43)))).StatusCode);

        await _hall.Http.PostAsync("staff/clerk/sign-out", null);
        Assert.Equal((401, "session-expired"), await AskAsync(clerk, HttpMethod.Get, "audit"));

        var audit = (await _hall.GetAsync("audit?limit=1000"))["events"]!.AsArray();
        var refused = audit.Where(e => (string)e!["type"]! == "access-refused").Select(e => $"{e!["data"]!["user"]} {e["data"]!["what"]} {e["data"]!["why"]}").ToList();
        Assert.Equal(
            [
                " GET /manager/users not-signed-in", " POST /api/v1/day/close not-signed-in", "clerk GET /manager/users role", "clerk POST /api/v1/day/close role", "clerk GET /api/v1/audit role",
                " GET /api/v1/audit session-unknown", " GET /api/v1/hall session-unknown", " GET /manager/audit session-unknown", " GET /api/v1/audit session-expired",
            ],
            refused);
        Assert.All(audit.Where(e => (string)e!["type"]! == "access-refused"), e => Assert.EndsWith(" 127.0.0.1", (string)e!["data"]!["from"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Form_of_another_site_is_refused_everywhere(string header, string value)
    {
        foreach (var path in new[] { "/sign-in", "/sign-out", "/manager/users", "/counter/1/press", "/kiosk/press", "/api/v1/sign-in", "/api/v1/tickets", "/api/v1/counters/1/next", "/api/v1/day/close" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await WithAsync(_hall.Http, HttpMethod.Post, path, (header, value))).StatusCode);
        }

        Assert.Equal(0, (int)(await _hall.GetAsync("hall"))["waiting"]!);
    }

    [Fact]
    public async Task Customers_screen_away_from_the_board_needs_to_be_enrolled_and_a_link_works_once()
    {
        using var far = _hall.Anonymous();
        far.DefaultRequestHeaders.Add(Elsewhere.Header, "192.168.7.7");
        foreach (var path in new[] { "/", "/kiosk", "/hall", "/devices" }) Assert.Equal(HttpStatusCode.Forbidden, (await far.GetAsync(path)).StatusCode);
        Assert.Equal((403, "not-enrolled"), await AskAsync(far, HttpMethod.Post, "tickets"));
        Assert.Equal(HttpStatusCode.OK, (await far.GetAsync("health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await far.GetAsync("/sign-in")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await far.GetAsync("/ticket/abcdefghijkm")).StatusCode);

        var link = (string)(await _hall.PostAsync("screens", new { name = "entrance" })).Body["link"]!;
        Assert.Contains("entrance", await far.GetStringAsync(link), StringComparison.Ordinal);
        var enrolled = await far.PostAsync(link, null);
        var cookie = enrolled.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("screen=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, (await far.PostAsync(link, null)).StatusCode);

        far.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await far.GetAsync("/kiosk")).StatusCode);

        var id = (string)(await _hall.GetAsync("screens")).AsArray().Single()!["id"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await _hall.Http.PostAsync($"screens/{id}/revoke", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await far.GetAsync("/kiosk")).StatusCode);
    }

    [Fact]
    public async Task What_comes_through_a_proxy_is_not_the_board_itself()
    {
        using var http = _hall.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/hall")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await WithAsync(http, HttpMethod.Get, "/hall", ("X-Forwarded-For", "127.0.0.1"))).StatusCode);
    }

    [Fact]
    public async Task Every_answer_says_what_browsers_must_not_do()
    {
        using var http = _hall.Anonymous();
        foreach (var path in new[] { "/hall", "/sign-in", "/manager/audit", "/api/v1/health", "/api/v1/nowhere", "/nowhere", "/assets/base.css" })
        {
            var headers = (await http.GetAsync(path)).Headers;
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("frame-ancestors 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        }
    }

    [Fact]
    public async Task Flood_of_refusals_becomes_a_few_facts_that_say_how_many()
    {
        using var http = _hall.Anonymous();
        for (var n = 0; n < Refusals.SingleAMinute + 40; n++) await http.GetAsync("audit");
        await _hall.The<Refusals>().FlushAsync();

        var times = (await _hall.GetAsync("audit?limit=1000"))["events"]!.AsArray().Where(e => (string)e!["type"]! == "access-refused").Select(e => (int)e!["data"]!["times"]!).ToList();
        Assert.InRange(times.Count, Refusals.SingleAMinute, Refusals.SingleAMinute + 2);
        Assert.Equal(Refusals.SingleAMinute + 40, times.Sum());
    }

    [Theory]
    [InlineData("/counter/3", "/counter/3")]
    [InlineData("//evil.example", null)]
    [InlineData("/\\evil.example", null)]
    [InlineData("http://evil.example/", null)]
    [InlineData("/a\r\nSet-Cookie: x", null)]
    [InlineData("/sign-out", null)]
    public void Sign_in_leads_only_to_paths_of_this_host(string asked, string? to) => Assert.Equal(to, SignInPages.Local(asked));

    [Fact]
    public async Task Browser_signs_in_by_the_form_and_its_cookie_is_out_of_reach_of_scripts()
    {
        using var http = _hall.Anonymous();
        var wrong = await http.PostAsync("/sign-in", Form(("user", "clerk"), ("pin", "000000"), ("to", "/counter/3"), ("counter", "3")));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        var right = await http.PostAsync("/sign-in", Form(("user", "clerk"), ("pin", RunningHall.Pin), ("to", "/counter/3"), ("counter", "3")));

        Assert.Equal((HttpStatusCode.SeeOther, "/counter/3"), (right.StatusCode, right.Headers.Location!.ToString()));
        var cookie = right.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        http.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Contains("clerk", await http.GetStringAsync("/counter/3"), StringComparison.Ordinal);
        Assert.Equal(3, (int)JsonNode.Parse(await http.GetStringAsync("me"))!["counter"]!);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static async Task<(int, string)> AskAsync(HttpClient http, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        var response = await http.SendAsync(request);
        return ((int)response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["reason"]!);
    }

    private static async Task<HttpResponseMessage> WithAsync(HttpClient http, HttpMethod method, string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await http.SendAsync(request);
    }

    /// <summary>Lets a test come from another machine.</summary>
    private sealed class Elsewhere : IStartupFilter
    {
        public const string Header = "X-Test-Address";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, go) =>
            {
                if (IPAddress.TryParse(http.Request.Headers[Header], out var address)) http.Connection.RemoteIpAddress = address;
                return go(http);
            });
            next(app);
        };
    }
}
