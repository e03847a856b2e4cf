using System.Net;
using Kiosk.Ui.Tests.Support;

namespace Kiosk.Ui.Tests;

public sealed class PageTests
{
    [Theory]
    [InlineData("/counter/99", "/counter/6")]
    [InlineData("/counter/0", "/counter/6")]
    [InlineData("/counter/next", "/counter/6")]
    [InlineData("/ticket/000000000000", "没有找到这个号码")]
    [InlineData("/ticket/x", "没有找到这个号码")]
    public async Task What_does_not_exist_is_a_page_that_helps(string path, string says)
    {
        await using var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(host.Address + path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/kiosk")]
    [InlineData("/hall")]
    [InlineData("/counter/1")]
    [InlineData("/devices")]
    public async Task Every_page_forbids_foreign_scripts_and_frames(string path)
    {
        await using var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(host.Address + path));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-TW,zh;q=0.8", "zh-TW")]
    [InlineData("zh-HK", "zh-TW")]
    [InlineData("en-GB,en;q=0.9", "en")]
    [InlineData("fr", "zh-CN")]
    public async Task Page_comes_in_the_language_that_the_browser_prefers(string wish, string language)
    {
        await using var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(wish);

        Assert.Contains($"<html lang=\"{language}\"", await client.GetStringAsync(new Uri(host.Address + "/counter/1")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Form_of_another_site_is_not_taken(string header, string value)
    {
        await using var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add(header, value);
        using var form = new FormUrlEncodedContent([new("key", "open")]);
        using var answer = await client.PostAsync(new Uri(host.Address + "/counter/1/press"), form);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(Domain.Hall.CounterPhase.Closed, host.Feed.Latest.State.Counters[new(1)].Phase);
    }

    [Fact]
    public async Task Form_larger_than_any_screen_sends_is_refused()
    {
        await using var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent([new("key", new string('x', 20_000))]);
        using var answer = await client.PostAsync(new Uri(host.Address + "/counter/1/press"), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Streams_end_when_the_host_stops()
    {
        var host = await ScreenHost.StartAsync();
        using var client = new HttpClient();
        await using var stream = await client.GetStreamAsync(new Uri(host.Address + "/live/hall"));
        using var reader = new StreamReader(stream);
        Assert.Equal("retry: 500", await reader.ReadLineAsync());

        await host.DisposeAsync();

        Assert.NotNull(await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
