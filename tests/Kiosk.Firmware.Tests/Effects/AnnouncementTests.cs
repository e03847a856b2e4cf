using System.Net;
using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Hardware.Announcers.Audio;

namespace Kiosk.Firmware.Tests.Effects;

/// <summary>From the clerk's key to the loudspeaker, the caption and the browser. The voice is a program that answers every sentence with a tone.</summary>
public sealed class AnnouncementTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("announce-").FullName;
    private RunningHall _hall = null!;

    public async Task InitializeAsync()
    {
        File.WriteAllBytes(
            Path.Combine(_folder, "tone.wav"), WavFile.Write(new Sound(22050, Enumerable.Range(0, 15000).Select(i => (short)(9000 * Math.Sin(i * 0.1))).ToArray())));
        var program = Path.Combine(_folder, "voice");
        File.WriteAllText(program, $"#!/bin/sh\nread -r line\ncat {_folder}/tone.wav\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _hall.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Call_and_recall_are_said_in_the_language_of_the_ticket()
    {
        await CallAsync(1, "en");
        await SaidAsync("Number A, zero zero one, please go to counter one.");
        await CallAsync(2, "zh-CN");
        await _hall.PostAsync("counters/1/recall");

        await SaidAsync("Number A, zero zero one, please go to counter one.", "请 A 零零二号，到二号窗口。", "Number A, zero zero one, please go to counter one.");
    }

    [Fact]
    public async Task Two_counters_at_once_never_cut_each_other_off()
    {
        foreach (var counter in new[] { 1, 2, 3 }) await PrepareAsync(counter, "en");
        await Task.WhenAll(new[] { 1, 2, 3 }.Select(counter => _hall.PostAsync($"counters/{counter}/next")));

        var heard = await HeardAsync(3);

        Assert.All(heard, sound => Assert.False((bool)sound!["cut"]!));
        Assert.Single(heard.Select(sound => (double)sound!["seconds"]!).Distinct());
        Assert.Equal(3, heard.Select(sound => (string)sound!["words"]!).Distinct().Count());
    }

    [Fact]
    public async Task Restarted_host_says_nothing_old()
    {
        await CallAsync(1, "en");
        await HeardAsync(1);
        var data = _hall.Data;
        await _hall.StopAsync();
        await StartAsync(data);
        await ReadyAsync("ok");

        await CallAsync(2, "en");

        await SaidAsync("Number A, zero zero two, please go to counter two.");
    }

    [Fact]
    public async Task Card_that_comes_back_says_what_is_called_then_and_nothing_from_before()
    {
        await ReadyAsync("ok");
        await _hall.PostAsync("emulators/announcer/unplug");
        await ReadyAsync("out-of-service");
        await CallAsync(1, "en");
        await _hall.PostAsync("emulators/announcer/plug");
        await ReadyAsync("ok");

        await CallAsync(2, "en");

        await SaidAsync("Number A, zero zero two, please go to counter two.");
    }

    [Fact]
    public async Task Loudspeaker_of_another_room_is_silent()
    {
        await _hall.DisposeAsync();
        await StartAsync(options: options => options["counters"] = new JsonArray(2));
        await ReadyAsync("ok");
        await CallAsync(1, "en");

        await CallAsync(2, "en");

        await SaidAsync("Number A, zero zero two, please go to counter two.");
    }

    [Fact]
    public async Task Hall_that_speaks_several_languages_says_each_call_in_all_of_them()
    {
        await _hall.DisposeAsync();
        await StartAsync(options: options => options["languages"] = new JsonArray("zh-CN", "en"));
        await ReadyAsync("ok");

        await CallAsync(1, "zh-TW");

        await SaidAsync("请 A 零零幺号，到一号窗口。 / Number A, zero zero one, please go to counter one.");
    }

    [Fact]
    public async Task Caption_stands_on_the_hall_screen_while_it_is_said_and_goes_then()
    {
        Assert.DoesNotContain("hall-said-call", await PageAsync(), StringComparison.Ordinal);
        await CallAsync(1, "en");
        await _hall.UntilAsync("emulators/announcer", shape => shape["look"]!["playing"] is not null);

        var saying = await PageAsync();
        await HeardAsync(1);

        Assert.Contains("""<span lang="en">Number A001, please go to counter 1</span>""", saying, StringComparison.Ordinal);
        await GoneAsync();
    }

    [Fact]
    public async Task Quiet_hours_leave_the_caption_and_no_sound()
    {
        await _hall.DisposeAsync();
        await StartAsync(options: options => options["volume"] = 0);
        await ReadyAsync("ok");

        await CallAsync(1, "zh-CN");

        await ShownAsync("请 A001 号到 1 号窗口");
        Assert.Empty((await _hall.GetAsync("emulators/announcer"))["look"]!["heard"]!.AsArray());
    }

    [Fact]
    public async Task What_was_heard_last_can_be_listened_to()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _hall.Http.GetAsync("emulators/announcer/sound")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _hall.Http.GetAsync("emulators/call-keys/sound")).StatusCode);
        await CallAsync(1, "en");
        await HeardAsync(1);

        var answer = await _hall.Http.GetAsync("emulators/announcer/sound?number=1");

        Assert.Equal((HttpStatusCode.OK, "audio/wav"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.True(WavFile.Read(await answer.Content.ReadAsByteArrayAsync()).Sound!.Peak > 0.6);
        Assert.Contains("media-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("/api/v1/emulators/announcer/sound?number=1", await PageAsync("devices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hall_without_the_voice_hears_a_chime_and_the_technician_learns_why()
    {
        await _hall.DisposeAsync();
        await StartAsync(options: options => options["program"] = "/no/such/voice");

        var device = (await ReadyAsync("degraded"))["detail"]!;
        await CallAsync(1, "en");

        Assert.Equal("/no/such/voice is not installed (package espeak-ng)", (string)device!);
        Assert.Equal(("", 1.5), ((string)(await HeardAsync(1))[0]!["words"]!, (double)(await HeardAsync(1))[0]!["seconds"]!));
    }

    private async Task StartAsync(string? data = null, Action<JsonObject>? options = null) => _hall = await RunningHall.StartAsync(
        profile =>
        {
            var announcer = profile["devices"]!.AsArray().Single(device => (string)device!["id"]! == "announcer")!;
            var set = new JsonObject { ["program"] = Path.Combine(_folder, "voice"), ["chime"] = false };
            options?.Invoke(set);
            announcer["options"] = set;
        },
        data);

    private async Task PrepareAsync(int counter, string language)
    {
        await _hall.PostAsync("tickets", new { service = "pay", language, print = false });
        await _hall.PostAsync($"counters/{counter}/open");
    }

    private async Task CallAsync(int counter, string language)
    {
        await ReadyAsync();
        await PrepareAsync(counter, language);
        Assert.Equal(200, (await _hall.PostAsync($"counters/{counter}/next")).Status);
    }

    private async Task<JsonNode> ReadyAsync(string? state = null)
    {
        JsonNode Announcer(JsonNode devices) => devices.AsArray().Single(device => (string)device!["id"]! == "announcer")!;
        return Announcer(await _hall.UntilAsync("devices", devices => (string)Announcer(devices)["state"]! is var now && (state is null ? now != "unknown" : now == state)));
    }

    private async Task<JsonArray> HeardAsync(int count) =>
        (await _hall.UntilAsync("emulators/announcer", shape => shape["look"]!["heard"]!.AsArray().Count == count && shape["look"]!["playing"] is null))["look"]!["heard"]!.AsArray();

    /// <summary>Exactly these, in this order.</summary>
    private async Task SaidAsync(params string[] words) => Assert.Equal(words, (await HeardAsync(words.Length)).Select(sound => (string)sound!["words"]!).Reverse());

    private Task<string> PageAsync(string page = "hall") => _hall.Http.GetStringAsync(new Uri(_hall.Address, page));

    private Task ShownAsync(string caption) => PollAsync(page => page.Contains($"""<span lang="zh-CN">{caption}</span>""", StringComparison.Ordinal));

    private Task GoneAsync() => PollAsync(page => !page.Contains("hall-said-call", StringComparison.Ordinal));

    private async Task PollAsync(Func<string, bool> so)
    {
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (!so(await PageAsync())) await Task.Delay(20, patience.Token);
    }
}
