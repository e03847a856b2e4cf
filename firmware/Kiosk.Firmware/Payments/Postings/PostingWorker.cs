using System.Collections.Concurrent;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Payments.Billers;

namespace Kiosk.Firmware.Payments.Postings;

/// <summary>
/// The only one who posts: per biller in order, one at a time, until each posting is confirmed or refused. What may have been sent
/// is asked about before it is sent again, with the same key; an answer that does not come is waited for, for ever.
/// </summary>
/// <param name="billers">Asked once, when it begins.</param>
internal sealed partial class PostingWorker(Func<IReadOnlyList<IBiller>> billers, IPostingQueue queue, TimeProvider time, ILogger<PostingWorker> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<PostAnswer>> _awaited = new(StringComparer.Ordinal);
    private readonly Signal _hurry = new();

    /// <summary>Waits for a posting of the queue while a card terminal holds the payment. It is sent in its turn like any other; only the pause after a failure is cut short.</summary>
    /// <param name="limit">Of the wait. The posting goes on after it.</param>
    /// <returns><see cref="PostAnswer.Confirmed"/>, <see cref="PostAnswer.Refused"/>, or <see cref="PostAnswer.Unknown"/> at the limit.</returns>
    public async Task<PostAnswer> PostNowAsync(string key, TimeSpan limit, CancellationToken cancel)
    {
        var awaited = _awaited.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            if (queue.Answered(key) is { } known) return known;
            _hurry.Raise();
            return await awaited.Task.WaitAsync(limit, time, cancel);
        }
        catch (TimeoutException)
        {
            return queue.Answered(key) ?? new PostAnswer.Unknown($"no answer within {limit.TotalSeconds:0.#} s");
        }
        finally
        {
            _awaited.TryRemove(key, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var all = billers();
        if (all.Count == 0) return;
        await Together.RunAsync(stoppingToken, [.. all.Select(biller => (Func<CancellationToken, Task>)(cancel => PostForEverAsync(biller, cancel)))]);
    }

    private async Task PostForEverAsync(IBiller biller, CancellationToken cancel)
    {
        var (backOff, failing) = (new BackOff(), (string?)null);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var (changed, hurry) = (queue.Changed, _hurry.Raised);
            if (queue.Next(biller.Id) is not { } next)
            {
                await changed.WaitAsync(cancel);
                continue;
            }

            // Withdrawn, or its card in doubt, since the look: what the ledger does not send nobody sends.
            if (await StepAsync(biller, next, cancel) is not { } answer) continue;
            if (await SettledAsync(next, answer))
            {
                if (failing is not null) LogSettled(next.Posting.Key, biller.Id);
                failing = null;
                backOff.Reset();
                continue;
            }

            if (failing != next.Posting.Key) LogWaits(next.Posting.Key, biller.Id, (answer as PostAnswer.Unknown)?.Why ?? "the biller contradicts itself");
            failing = next.Posting.Key;
            if (await PausedAsync(backOff.Next(), hurry, cancel)) backOff.Reset();
        }
    }

    /// <summary>One attempt to find out, or to make sure.</summary>
    /// <returns>Null: nothing was asked, the queue has changed.</returns>
    private async Task<PostAnswer?> StepAsync(IBiller biller, WaitingPosting next, CancellationToken cancel)
    {
        var posting = next.Posting;
        if (next.Withdrawn) return next.MayHaveBeenSent ? await WithdrawAsync(biller, posting, cancel) : new PostAnswer.Refused("cancelled");
        if (!next.MayHaveBeenSent)
        {
            return await queue.SendingAsync(posting.Key) ? await biller.PostAsync(posting, cancel) : null;
        }

        // The first attempt may still be on its way: the biller knows the key and books it once, whichever comes first.
        var known = await biller.QueryAsync(posting.Key, posting.Amount, cancel);
        return known is PostAnswer.NotKnown ? await biller.PostAsync(posting, cancel) : known;
    }

    private static async Task<PostAnswer> WithdrawAsync(IBiller biller, Posting posting, CancellationToken cancel) => await biller.CancelAsync(posting.Key, cancel) switch
    {
        CancelAnswer.Cancelled => new PostAnswer.Refused("cancelled"),

        // Too late: it has its effect, and the ledger must know.
        CancelAnswer.Refused => await biller.QueryAsync(posting.Key, posting.Amount, cancel),
        _ => new PostAnswer.Unknown("the cancellation is not confirmed"),
    };

    /// <summary>Journals what is certain. The answer is recorded also while the host stops: it costs nothing now and a query later.</summary>
    private async Task<bool> SettledAsync(WaitingPosting next, PostAnswer answer)
    {
        var key = next.Posting.Key;
        switch (answer)
        {
            case PostAnswer.Confirmed(var number) when next.Withdrawn:
                await queue.KeptAsync(key, number);
                break;
            case PostAnswer.Confirmed(var number):
                await queue.ConfirmedAsync(key, number);
                break;
            case PostAnswer.Refused when next.Withdrawn:
                await queue.WithdrawnAsync(key);
                break;
            case PostAnswer.Refused(var reason):
                LogRefused(key, reason);
                await queue.RefusedAsync(key, reason);
                break;
            default:
                return false;
        }

        if (_awaited.TryGetValue(key, out var awaited)) awaited.TrySetResult(answer);
        return true;
    }

    /// <returns>Somebody hurries: true.</returns>
    private async Task<bool> PausedAsync(TimeSpan pause, Task hurry, CancellationToken cancel)
    {
        try
        {
            await hurry.WaitAsync(pause, time, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
