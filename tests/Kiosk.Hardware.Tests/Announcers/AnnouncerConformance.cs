using Kiosk.Hardware.Announcers;
using Kiosk.Hardware.Announcers.Audio;

namespace Kiosk.Hardware.Tests.Announcers;

/// <summary>
/// What every driver of announcers owes, heard sample by sample at the emulator's loudspeaker. The voice under test says zh-CN and en, and has none
/// for zh-TW.
/// </summary>
public abstract class AnnouncerConformance
{
    protected const int Rate = 22050;

    protected static readonly SpokenCall Chinese = new("zh-CN", "A012", 3), English = new("en", "A012", 3), Voiceless = new("zh-TW", "A012", 3);

    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);

    protected abstract IDriver Driver { get; }

    /// <summary>The options that the driver needs for its voice, as members of a JSON object, each with a comma behind it.</summary>
    protected abstract string VoiceOptions { get; }

    /// <summary>What the voice alone makes of a call.</summary>
    protected abstract Sound Sentence(SpokenCall call);

    [Fact]
    public async Task Call_is_a_chime_and_then_the_sentence()
    {
        await using var announcer = await OpenAsync();

        Assert.Equal(AnnounceOutcome.Said, await SayAsync(announcer, Chinese));

        Same(Whole(0.8, Sentence(Chinese)), Heard(announcer, 0));
        Assert.Equal("请 A 零幺二号，到三号窗口。", announcer.Emulator.Sounds[0].Words);
        Assert.Equal(DeviceHealth.Ok, announcer.Device.Health);
    }

    [Fact]
    public async Task Several_languages_follow_each_other_behind_one_chime()
    {
        await using var announcer = await OpenAsync();

        await SayAsync(announcer, Chinese, English);

        Same(Whole(0.8, Sentence(Chinese), Pause, Sentence(English)), Heard(announcer, 0));
    }

    [Fact]
    public async Task Repetition_says_the_sentence_again_without_the_chime()
    {
        await using var announcer = await OpenAsync("""
            "repeat": 2
            """);

        await SayAsync(announcer, English);

        Same(Whole(0.8, Sentence(English), Pause, Sentence(English)), Heard(announcer, 0));
    }

    [Fact]
    public async Task Two_at_once_wait_for_each_other_and_are_both_whole()
    {
        await using var announcer = await OpenAsync();

        var first = announcer.Device.AnnounceAsync(new(Chinese), default);
        var second = announcer.Device.AnnounceAsync(new(English), default);
        await PlayedAsync(announcer, Task.WhenAll(first, second));

        Assert.Equal(2, announcer.Emulator.Sounds.Count);
        Same(Whole(0.8, Sentence(Chinese)), Heard(announcer, 1));
        Same(Whole(0.8, Sentence(English)), Heard(announcer, 0));
    }

    [Fact]
    public async Task Cancelling_is_silence_within_a_moment_and_nothing_of_it_is_heard_later()
    {
        await using var announcer = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var broken = announcer.Device.AnnounceAsync(new(Chinese), cancel.Token);
        await PlayingAsync(announcer);
        announcer.Clock.AdvanceMs(100);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.WaitAsync(Watchdog));
        await SayAsync(announcer, English);

        Assert.Equal(2, announcer.Emulator.Sounds.Count);
        Assert.InRange(Heard(announcer, 1).Length, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100) + (2 * Playback.LookEvery));
        Same(Whole(0.8, Sentence(English)), Heard(announcer, 0));
    }

    // The clock of the tests stands at 09:00 UTC.
    [Theory]
    [InlineData("""
        "quiet": ["08:30-09:30"]
        """)]
    [InlineData("""
        "quiet": ["22:00-09:01"]
        """)]
    [InlineData("""
        "volume": 0
        """)]
    [InlineData("""
        "volume": [{ "from": "07:00", "value": 80 }, { "from": "09:00", "value": 0 }]
        """)]
    public async Task Quiet_hours_and_volume_zero_play_nothing(string options)
    {
        await using var announcer = await OpenAsync(options);

        Assert.Equal(AnnounceOutcome.Quiet, await SayAsync(announcer, Chinese));

        Assert.Empty(announcer.Emulator.Sounds);
    }

    [Theory]
    [InlineData("""
        "quiet": ["09:30-10:30"], "volume": [{ "from": "08:00", "value": 50 }, { "from": "12:00", "value": 90 }]
        """, 0.5)]
    [InlineData("""
        "volume": 25, "gain": 6
        """, 0.49881)]
    public async Task Volume_of_the_time_of_day_scales_every_sample(string options, double factor)
    {
        await using var announcer = await OpenAsync(options);

        await SayAsync(announcer, Chinese);

        Same(Whole(factor, Sentence(Chinese)), Heard(announcer, 0), tolerance: 1);
    }

    [Fact]
    public async Task Chime_can_be_left_out()
    {
        await using var announcer = await OpenAsync("""
            "chime": false, "volume": 100
            """);

        await SayAsync(announcer, Chinese);

        Same(Sentence(Chinese), Heard(announcer, 0));
    }

    [Fact]
    public async Task Language_without_a_voice_is_a_chime_and_a_warning_until_the_next_that_can_be_said()
    {
        await using var announcer = await OpenAsync("""
            "chime": false
            """);

        Assert.Equal(AnnounceOutcome.ChimeOnly, await SayAsync(announcer, Voiceless));
        Same(Chime.At(Rate).Times(0.8), Heard(announcer, 0));
        Assert.Equal((HealthState.Degraded, DeviceFault.NoVoice), (announcer.Device.Health.State, announcer.Device.Health.Fault));

        Assert.Equal(AnnounceOutcome.Said, await SayAsync(announcer, Voiceless, English));
        Assert.Equal(DeviceFault.NoVoice, announcer.Device.Health.Fault);

        await SayAsync(announcer, English);
        Assert.Equal(DeviceHealth.Ok, announcer.Device.Health);
    }

    [Fact]
    public async Task Card_that_is_pulled_while_idle_ends_the_device()
    {
        await using var announcer = await OpenAsync();

        announcer.Do("unplug");
        await announcer.Clock.ArmedAsync(TimeSpan.FromSeconds(2));
        announcer.Clock.AdvanceMs(2000);

        Assert.Equal(DeviceFault.Disconnected, (await announcer.LostAsync()).Fault);
        Assert.Equal((HealthState.OutOfService, DeviceFault.Disconnected), (announcer.Device.Health.State, announcer.Device.Health.Fault));
        Assert.Equal(HealthState.OutOfService, (await announcer.Device.TestAsync(default).WaitAsync(Watchdog)).State);
    }

    [Fact]
    public async Task Card_that_is_pulled_within_a_word_ends_the_device_and_the_next_one_plays_nothing_old()
    {
        await using var announcer = await OpenAsync();
        var broken = announcer.Device.AnnounceAsync(new(Chinese), default);
        await PlayingAsync(announcer);
        announcer.Clock.AdvanceMs(100);

        announcer.Do("unplug");
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => PlayedAsync(announcer, broken));
        Assert.Equal((DeviceFault.Disconnected, DeviceFault.Disconnected), (lost.Fault, (await announcer.LostAsync()).Fault));
        await announcer.Device.DisposeAsync();
        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => announcer.OpenAsync())).Fault);

        announcer.Do("plug");
        await announcer.OpenAsync();
        announcer.Clock.AdvanceMs(5000);
        Assert.Single(announcer.Emulator.Sounds);
        await SayAsync(announcer, English);
        Same(Whole(0.8, Sentence(English)), Heard(announcer, 0));
    }

    [Fact]
    public async Task Card_that_takes_no_more_samples_is_silent_for_good()
    {
        await using var announcer = await OpenAsync();
        var stuck = announcer.Device.AnnounceAsync(new(Chinese), default);
        await PlayingAsync(announcer);

        announcer.Do("jam", """{"state": "on"}""");

        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => PlayedAsync(announcer, stuck));
        Assert.Equal((DeviceFault.Silent, DeviceFault.Silent), (lost.Fault, (await announcer.LostAsync()).Fault));
    }

    [Fact]
    public async Task Card_of_another_program_is_in_use()
    {
        await using var announcer = await OpenAsync();
        Assert.Equal(DeviceFault.InUse, (await Assert.ThrowsAsync<DeviceLostException>(() => announcer.OpenAsync())).Fault);
        await announcer.CloseAsync();

        announcer.Do("busy", """{"state": "on"}""");

        Assert.Equal(DeviceFault.InUse, (await Assert.ThrowsAsync<DeviceLostException>(() => announcer.OpenAsync())).Fault);
        announcer.Do("busy", """{"state": "off"}""");
        await announcer.OpenAsync();
    }

    [Fact]
    public async Task Host_that_was_busy_for_a_moment_leaves_a_gap_and_no_hole()
    {
        await using var announcer = await OpenAsync();
        var saying = announcer.Device.AnnounceAsync(new(Chinese), default);
        await PlayingAsync(announcer);

        announcer.Do("hiccup");
        await PlayedAsync(announcer, saying);

        Assert.Equal(1, (int)announcer.Emulator.Look()["underruns"]!);
        Same(Whole(0.8, Sentence(Chinese)), Heard(announcer, 0));
    }

    [Fact]
    public async Task Test_is_a_soft_chime()
    {
        await using var announcer = await OpenAsync("""
            "volume": 100
            """);

        Assert.Equal(DeviceHealth.Ok, await PlayedAsync(announcer, announcer.Device.TestAsync(default)));

        Same(Chime.At(Rate).Times(0.2), Heard(announcer, 0));
    }

    [Fact]
    public async Task Call_that_is_being_said_is_test_enough()
    {
        await using var announcer = await OpenAsync();
        var saying = announcer.Device.AnnounceAsync(new(Chinese), default);
        await PlayingAsync(announcer);

        Assert.Equal(DeviceHealth.Ok, await announcer.Device.TestAsync(default).WaitAsync(Watchdog));

        await PlayedAsync(announcer, saying);
        Assert.Single(announcer.Emulator.Sounds);
    }

    [Fact]
    public async Task Closing_is_silence_and_whoever_waits_is_told()
    {
        await using var announcer = await OpenAsync();
        var playing = announcer.Device.AnnounceAsync(new(Chinese), default);
        var waiting = announcer.Device.AnnounceAsync(new(English), default);
        await PlayingAsync(announcer);

        await announcer.Device.DisposeAsync().AsTask().WaitAsync(Watchdog);

        await Assert.ThrowsAsync<DeviceLostException>(() => playing.WaitAsync(Watchdog));
        await Assert.ThrowsAsync<DeviceLostException>(() => waiting.WaitAsync(Watchdog));
        Assert.Null(announcer.Emulator.Look()["playing"]);
    }

    [Fact]
    public async Task Loudspeaker_of_some_counters_serves_only_those()
    {
        await using var some = await OpenAsync("""
            "counters": [3, 12], "languages": ["en", "zh-CN"], "deadlineSeconds": 12
            """);
        await using var all = await OpenAsync();

        Assert.Equal([false, true, true], new[] { 1, 3, 12 }.Select(some.Device.Serves));
        Assert.True(all.Device.Serves(1));
        Assert.Equal(["en", "zh-CN"], some.Device.Languages);
        Assert.Equal(TimeSpan.FromSeconds(12), some.Device.Deadline);
    }

    protected static Sound Pause => Sound.Silence(Rate, TimeSpan.FromMilliseconds(700));

    protected static Sound Whole(double factor, params Sound[] sentences) =>
        Sound.Join(Rate, [Chime.At(Rate), Sound.Silence(Rate, TimeSpan.FromMilliseconds(150)), .. sentences]).Times(factor);

    protected static Sound Heard(RunningDevice<IAnnouncer> announcer, int latest) => WavFile.Read(announcer.Emulator.Sounds[latest].Wav).Sound!;

    protected static void Same(Sound expected, Sound heard, int tolerance = 0)
    {
        Assert.Equal((expected.Rate, expected.Samples.Length), (heard.Rate, heard.Samples.Length));
        for (var i = 0; i < expected.Samples.Length; i++)
        {
            var (wanted, got) = (expected.Samples.Span[i], heard.Samples.Span[i]);
            if (Math.Abs(wanted - got) > tolerance) Assert.Fail($"sample {i} of {expected.Samples.Length} is {got} instead of {wanted}");
        }
    }

    protected async Task<RunningDevice<IAnnouncer>> OpenAsync(string options = "")
    {
        var all = (VoiceOptions + options).TrimEnd(',', ' ', '\n');
        return await new RunningDevice<IAnnouncer>(Driver, $"{{{all}}}").OpenAsync();
    }

    protected static Task<AnnounceOutcome> SayAsync(RunningDevice<IAnnouncer> announcer, params SpokenCall[] calls) =>
        PlayedAsync(announcer, announcer.Device.AnnounceAsync(new(calls), default));

    /// <summary>Lets time go on, one look of the player at a time, until it is done.</summary>
    protected static async Task<T> PlayedAsync<T>(RunningDevice<IAnnouncer> announcer, Task<T> playing)
    {
        while (!playing.IsCompleted)
        {
            var armed = announcer.Clock.ArmedAsync(Playback.LookEvery);
            if (await Task.WhenAny(playing, armed) == playing) break;
            await armed;
            announcer.Clock.Advance(Playback.LookEvery);
        }

        return await playing.WaitAsync(Watchdog);
    }

    private static async Task PlayingAsync(RunningDevice<IAnnouncer> announcer)
    {
        await announcer.SeeAsync(() => announcer.Emulator.Look()["playing"] is not null);
        await announcer.Clock.ArmedAsync(Playback.LookEvery);
    }
}
