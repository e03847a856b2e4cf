using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Speech;
using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware.Announcers;

/// <summary>Chime and voice on one sound card: composes each announcement, then plays it whole.</summary>
internal sealed partial class Announcer : IAnnouncer
{
    /// <summary>How often an idle card is asked whether it is still there.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>A card may take so much longer than the sound is, before the whole of it is given up.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(6);

    /// <summary>Tests are soft: they are made before the doors open, and next to people at work.</summary>
    private const double TestVolume = 0.2;

    private static readonly TimeSpan AfterChime = TimeSpan.FromMilliseconds(150), BetweenSentences = TimeSpan.FromMilliseconds(700);

    private readonly AnnouncerOptions _options;
    private readonly IVoice _voice;
    private readonly Sound _chime;
    private readonly IPcm _pcm;
    private readonly DriverServices _services;
    private readonly Playback _playback;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile DeviceHealth _health = DeviceHealth.Unknown;

    public Announcer(AnnouncerOptions options, IVoice voice, Sound chime, IPcm pcm, DriverServices services)
    {
        (_options, _voice, _chime, _pcm, _services) = (options, voice, chime, pcm, services);
        _playback = new Playback(pcm, services.Time);
        _health = Expected();
    }

    public DeviceHealth Health => _health;

    public event Action? HealthChanged;

    public IReadOnlyList<string> Languages => _options.Languages;

    public TimeSpan Deadline => _options.Deadline;

    public bool Serves(int counter) => _options.Counters.Count == 0 || _options.Counters.Contains(counter);

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (_pcm.State == PcmState.Gone) Lose(new DeviceLostException(DeviceFault.Disconnected, "the sound card is gone"));
            await Task.WhenAny(_lost.Task, Task.Delay(LookEvery, _services.Time, cancel)).Unwrap();
            if (_lost.Task.IsCompleted) await _lost.Task;
        }
    }

    public Task<AnnounceOutcome> AnnounceAsync(Announcement announcement, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        return InTurnAsync(stop => SayNowAsync(announcement, stop), cancel);
    }

    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        // What is being said at this moment tests it as well, and it can take longer than whoever tests has patience.
        if (_turn.CurrentCount == 0 && !_closed.IsCancellationRequested) return Health;
        try
        {
            await InTurnAsync(
                async stop =>
                {
                    _pcm.Describe("");
                    await PlayAsync(_chime.Times(TestVolume), stop);
                    return true;
                },
                cancel);
            Enter(Expected());
        }
        catch (DeviceLostException lost)
        {
            // RunAsync ends by the same loss.
            return DeviceHealth.OutOfService(lost.Fault, lost.Message);
        }

        return Health;
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed.IsCancellationRequested) return;
        await _closed.CancelAsync();

        // Whoever plays notices at its next look; a card that hangs in a call is left behind with its thread.
        var closing = Task.Run(
            async () =>
            {
                await _turn.WaitAsync();
                _pcm.Dispose();
            },
            CancellationToken.None);
        await closing.WaitAsync(Slack, _services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<AnnounceOutcome> SayNowAsync(Announcement announcement, CancellationToken stop)
    {
        var (now, zone) = (_services.Time.GetUtcNow(), _services.Zone);
        var volume = _options.Quiet.At(now, zone) ? 0 : _options.Volume.At(now, zone);
        if (volume == 0) return AnnounceOutcome.Quiet;

        var (sentences, words, lack) = await SayAsync(announcement, stop);
        Enter(lack is null ? Expected() : DeviceHealth.Degraded(DeviceFault.NoVoice, lack));
        var sound = Whole(sentences).Times(volume / 100.0 * Math.Pow(10, _options.GainDb / 20.0));
        _pcm.Describe(words);
        await PlayAsync(sound, stop);
        return sentences.Count > 0 ? AnnounceOutcome.Said : AnnounceOutcome.ChimeOnly;
    }

    /// <summary>Chime, then each language; all of it but the chime once more where it is to be repeated.</summary>
    private Sound Whole(IReadOnlyList<Sound> sentences)
    {
        var rate = _options.Rate;
        var parts = new List<Sound>();

        // A hall where nobody's language can be said still hears that somebody is called.
        if (_options.Chime || sentences.Count == 0) parts.Add(_chime);
        if (parts.Count > 0 && sentences.Count > 0) parts.Add(Sound.Silence(rate, AfterChime));
        for (var time = 0; time < _options.Repeat; time++)
        {
            foreach (var (sentence, place) in sentences.Select((sentence, place) => (sentence, place)))
            {
                if (time + place > 0) parts.Add(Sound.Silence(rate, BetweenSentences));
                parts.Add(sentence.At(rate));
            }
        }

        return Sound.Join(rate, parts);
    }

    private async Task<(IReadOnlyList<Sound> Sentences, string Words, string? Lack)> SayAsync(Announcement announcement, CancellationToken cancel)
    {
        var (sentences, words, lack) = (new List<Sound>(), new List<string>(), (string?)null);
        foreach (var call in announcement.Calls)
        {
            var said = await _voice.SayAsync(call, cancel);
            if (said.Sound is { } sound)
            {
                sentences.Add(sound);
                words.Add(CallSpeech.Sentence(CallSpeech.Words(call, _options.One)!, call.Language));
            }
            else
            {
                lack ??= said.Lack;
            }
        }

        return (sentences, string.Join(" / ", words), lack);
    }

    private async Task PlayAsync(Sound sound, CancellationToken stop)
    {
        var limit = sound.Length + _pcm.Buffer + Slack;
        try
        {
            // On a thread of its own: a card whose driver hangs in a call takes that thread, not the hall's.
            await Task.Run(() => _playback.PlayAsync(sound, stop), CancellationToken.None).WaitAsync(limit, _services.Time, CancellationToken.None);
        }
        catch (DeviceLostException lost)
        {
            throw Lose(lost);
        }
        catch (TimeoutException)
        {
            throw Lose(new DeviceLostException(DeviceFault.Silent, $"{sound.Length.TotalSeconds:0.#} s of sound were not played within {limit.TotalSeconds:0.#} s"));
        }
    }

    private DeviceLostException Lose(DeviceLostException lost)
    {
        Enter(DeviceHealth.OutOfService(lost.Fault, lost.Message));
        _lost.TrySetException(lost);
        return lost;
    }

    /// <summary>As far as one can tell before anything is said.</summary>
    private DeviceHealth Expected()
    {
        var said = _options.Languages.Count > 0 ? _options.Languages : _services.Languages;
        return said.Select(_voice.Lack).FirstOrDefault(lack => lack is not null) is { } lack ? DeviceHealth.Degraded(DeviceFault.NoVoice, lack) : DeviceHealth.Ok;
    }

    private void Enter(DeviceHealth health)
    {
        if (health == _health || _lost.Task.IsCompleted) return;
        _health = health;
        HealthChanged?.Invoke();
    }

    private async Task<T> InTurnAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closed.Token);
        try
        {
            await _turn.WaitAsync(either.Token);
            try
            {
                return await work(either.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new DeviceLostException(DeviceFault.Disconnected, "closed meanwhile");
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Announcer {Device}: {Mistake}")]
    internal static partial void LogMistake(ILogger log, string device, string mistake);
}
