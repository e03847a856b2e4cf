using System.Threading.Channels;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

/// <summary>A store as <c>mqtt.md</c> says it must be: takes what is next, drops what it has, asks again where something is missing or the connection was another one.</summary>
internal sealed class Reader
{
    private readonly Store _store;
    private readonly Channel<MqttMessage> _heard = Channel.CreateUnbounded<MqttMessage>();
    private readonly List<long> _taken = [];
    private TaskCompletionSource _more = New();
    private bool _asked;

    public Reader(Store store)
    {
        _store = store;
        store.Client.Received += message => _heard.Writer.TryWrite(message);
        store.Client.StateChanged += state =>
        {
            // Without a session the events of the meantime went to nobody.
            if (state is MqttState.Connected { Times: > 1 }) _heard.Writer.TryWrite(default);
        };
        _ = ReadAsync();
    }

    /// <summary>Seqs in the order in which they were taken.</summary>
    public IReadOnlyList<long> Taken
    {
        get
        {
            lock (_taken) return [.. _taken];
        }
    }

    public async Task UntilAsync(long seq)
    {
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            Task more;
            lock (_taken)
            {
                if (_taken.Count > 0 && _taken[^1] >= seq) return;
                more = _more.Task;
            }

            await more.WaitAsync(watchdog.Token);
        }
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _heard.Reader.ReadAllAsync())
        {
            try
            {
                if (message.Topic is null) await AskAsync();
                else if (message.Topic.EndsWith("/evt", StringComparison.Ordinal)) await TakeAsync(Store.Place(message).Seq);
            }
            catch (MqttAwayException)
            {
                // The next connection asks again.
                _asked = false;
            }
        }
    }

    private async Task TakeAsync(long seq)
    {
        var place = Taken.Count;
        if (seq <= place) return;
        if (seq > place + 1)
        {
            if (!_asked) await AskAsync();
            return;
        }

        _asked = false;
        lock (_taken)
        {
            _taken.Add(seq);
            var more = _more;
            _more = New();
            more.SetResult();
        }

        if (seq % 50 == 0 || seq > 400) await _store.SayAsync(Reporting.Topics.Acknowledgement, $$"""{"epoch":1,"seq":{{seq}}}""");
    }

    private async Task AskAsync()
    {
        _asked = true;
        await _store.SayAsync(Reporting.Topics.Rebirth, $$"""{"epoch":1,"after":{{Taken.Count}}}""");
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
