using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Postings;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>A ledger's postings, in memory that outlives hosts.</summary>
internal sealed class MemoryQueue : IPostingQueue
{
    private readonly Lock _gate = new();
    private readonly Signal _changed = new();
    private readonly List<Entry> _entries = [];

    public Task Changed => _changed.Raised;

    /// <summary>Called when a posting is about to be sent, before the worker may send it.</summary>
    public Action<string>? Sending { get; set; }

    public void Add(string biller, Posting posting)
    {
        lock (_gate) _entries.Add(new(biller, new(posting, false)));
        _changed.Raise();
    }

    public void Withdraw(string key) => Change(key, entry => entry.Waiting = entry.Waiting with { Withdrawn = true });

    public WaitingPosting? Next(string biller)
    {
        lock (_gate) return _entries.FirstOrDefault(entry => entry.Biller == biller && entry.Answer is null)?.Waiting;
    }

    public PostAnswer? Answered(string key)
    {
        lock (_gate) return _entries.Single(entry => entry.Waiting.Posting.Key == key).Answer;
    }

    public async Task<bool> SendingAsync(string key)
    {
        Sending?.Invoke(key);
        lock (_gate)
        {
            if (_entries.Single(entry => entry.Waiting.Posting.Key == key).Waiting.Withdrawn) return false;
        }

        await Change(key, entry => entry.Waiting = entry.Waiting with { MayHaveBeenSent = true });
        return true;
    }

    public Task ConfirmedAsync(string key, string number) => Change(key, entry => entry.Answer = new PostAnswer.Confirmed(number));

    public Task RefusedAsync(string key, string reason) => Change(key, entry => entry.Answer = new PostAnswer.Refused(reason));

    public Task KeptAsync(string key, string number) => Change(key, entry => entry.Answer = new PostAnswer.Confirmed(number));

    public Task WithdrawnAsync(string key) => Change(key, entry => entry.Answer = new PostAnswer.Refused("cancelled"));

    /// <summary>Completes when every posting has its answer.</summary>
    public async Task<IReadOnlyList<(string Key, PostAnswer Answer)>> DoneAsync()
    {
        while (true)
        {
            var changed = Changed;
            lock (_gate)
            {
                if (_entries.All(entry => entry.Answer is not null)) return [.. _entries.Select(entry => (entry.Waiting.Posting.Key, entry.Answer!))];
            }

            await changed;
        }
    }

    private Task Change(string key, Action<Entry> change)
    {
        lock (_gate)
        {
            var entry = _entries.Single(entry => entry.Waiting.Posting.Key == key);
            Assert.True(entry.Answer is null, $"{key} was settled and is changed again");
            change(entry);
        }

        _changed.Raise();
        return Task.CompletedTask;
    }

    private sealed class Entry(string biller, WaitingPosting waiting)
    {
        public string Biller => biller;

        public WaitingPosting Waiting { get; set; } = waiting;

        public PostAnswer? Answer { get; set; }
    }
}
