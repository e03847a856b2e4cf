using System.Collections.Immutable;
using System.Threading.Channels;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>The only writer. Takes all inputs that wait, decides them one after the other, appends their events in one transaction, then answers.</summary>
internal sealed partial class HallEngine(IJournal journal, HallFeed feed, AnsweredRequests answered, TimeProvider time, ILogger<HallEngine> log)
    : BackgroundService, IIntake
{
    /// <summary>Inputs that may wait before the next is refused.</summary>
    public const int Capacity = 4096;

    /// <summary>Inputs decided in one transaction.</summary>
    public const int BatchLimit = 256;

    private static readonly TimeSpan SettleEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<Asked> _inbox = Channel.CreateBounded<Asked>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long _settleAt;
    private volatile string? _trouble;
    private long _troubleTicks;

    /// <summary>Why the journal took nothing the last time it was asked, or null.</summary>
    public string? Trouble => _trouble;

    /// <summary>When that was.</summary>
    public DateTimeOffset TroubleAt => new(Interlocked.Read(ref _troubleTicks), TimeSpan.Zero);

    public Task<Answer> AskAsync(Request request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (request.RequestId.Length is 0 or > Request.IdLimit || request.RequestId.Contains(' ', StringComparison.Ordinal))
        {
            throw new ArgumentException($"\"{request.RequestId}\" is no request id: 1 to {Request.IdLimit} signs, no blanks.", nameof(request));
        }

        var asked = new Asked(request);
        if (!_inbox.Writer.TryWrite(asked)) throw _inbox.Reader.Completion.IsCompleted ? new OperationCanceledException("The host is stopping.") : new IntakeFullException();
        return asked.Reply.Task.WaitAsync(cancel);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _inbox.Writer.TryComplete();
        while (_inbox.Reader.TryRead(out var late)) late.Reply.TrySetCanceled(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Asked>(BatchLimit);
        try
        {
            while (await NewsAsync(stoppingToken))
            {
                while (batch.Count < BatchLimit && _inbox.Reader.TryRead(out var asked)) batch.Add(asked);
                HandleOrTell(batch);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop: what was decided is durable, what still waits is told by StopAsync.
        }
    }

    // While the disk is full it is looked at again although nobody asks: a ticket machine that says so is not pressed.
    private async Task<bool> NewsAsync(CancellationToken cancel)
    {
        var news = _inbox.Reader.WaitToReadAsync(cancel).AsTask();
        while (journal.Tight && await Task.WhenAny(news, Task.Delay(SettleEvery, time, cancel)) != news) SettleWhenDue();
        return await news;
    }

    // A defect stops the host; those whose requests it met are told before.
    private void HandleOrTell(List<Asked> batch)
    {
        try
        {
            Handle(batch);
        }
        catch (Exception defect)
        {
            foreach (var asked in batch) asked.Reply.TrySetException(defect);
            throw;
        }
    }

    private void Handle(List<Asked> batch)
    {
        SettleWhenDue();
        if (journal.Tight) RefuseTickets(batch);
        try
        {
            Commit(Decide(batch));
        }
        catch (JournalUnavailableException full) when (full.Trouble == JournalTrouble.DiskFull && journal.Relieve())
        {
            LogDiskFull(log, full.Message);
            RefuseTickets(batch);
            Retry(batch);
        }
        catch (JournalUnavailableException unavailable)
        {
            Fail(batch, unavailable);
        }
    }

    private void Retry(List<Asked> batch)
    {
        try
        {
            Commit(Decide(batch));
        }
        catch (JournalUnavailableException unavailable)
        {
            Fail(batch, unavailable);
        }
    }

    private Batch Decide(List<Asked> asked)
    {
        var before = feed.Latest;
        var batch = new Batch(before.State, journal.LastSeq);
        foreach (var one in asked)
        {
            // Time never runs back past the last event, whatever the clock of the board says.
            var now = time.GetUtcNow();
            var at = Truncate(now > batch.At(before.At) ? now : batch.At(before.At));
            batch.Decide(one, at, answered);
        }

        return batch;
    }

    private void Commit(Batch batch)
    {
        var lastDay = journal.DayStart;
        var recorded = batch.Entries.Count == 0 ? [] : journal.Append(batch.Entries);
        foreach (var (asked, first, count) in batch.Accepted) answered.Add(asked.Request, recorded[first].Seq, count);
        if (recorded.Count > 0) _trouble = null;
        if (journal.DayStart != lastDay) answered.ForgetBefore(lastDay);
        if (recorded.Count > 0) feed.Publish(new(journal.Epoch, recorded[^1].Seq, recorded[^1].At, batch.State));

        foreach (var (asked, first, count) in batch.Accepted) asked.Reply.TrySetResult(new([.. recorded.Skip(first).Take(count)], null, false));
        foreach (var (asked, rejection) in batch.Rejected) asked.Reply.TrySetResult(new([], rejection, false));
        foreach (var (asked, earlier) in batch.Earlier) Recall(asked, earlier);
    }

    // The answer to a repeated request comes from the journal.
    private void Recall(Asked asked, AnsweredRequests.Place earlier)
    {
        try
        {
            asked.Reply.TrySetResult(earlier.Mark == asked.Request.Mark
                ? new([.. journal.Read(earlier.Seq - 1, earlier.Count)], null, true)
                : new([], null, true));
        }
        catch (JournalUnavailableException unavailable)
        {
            asked.Reply.TrySetException(unavailable);
        }
    }

    // The reserve is for those who are here already: who waits is called, and what was begun is paid to its end.
    private static void RefuseTickets(List<Asked> batch)
    {
        foreach (var asked in batch.Where(asked => asked.Request.Command is HallCommand.TakeTicket or HallCommand.BeginPayment))
        {
            asked.Reply.TrySetException(new JournalUnavailableException(
                JournalTrouble.DiskFull, "The disk is full: no tickets are issued and no payments begun until some space is free. Customers who wait are still called."));
        }

        batch.RemoveAll(asked => asked.Reply.Task.IsCompleted);
    }

    private void Fail(List<Asked> batch, JournalUnavailableException unavailable)
    {
        Interlocked.Exchange(ref _troubleTicks, time.GetUtcNow().UtcTicks);
        _trouble = unavailable.Message;
        LogJournalUnavailable(log, unavailable.Message);
        foreach (var asked in batch) asked.Reply.TrySetException(unavailable);
    }

    private void SettleWhenDue()
    {
        if (!journal.Tight || time.GetTimestamp() < _settleAt) return;

        journal.Settle();
        _settleAt = time.GetTimestamp() + (long)(SettleEvery.TotalSeconds * time.TimestampFrequency);
        if (!journal.Tight) LogDiskHasRoom(log);
    }

    private static DateTimeOffset Truncate(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    internal sealed record Asked(Request Request)
    {
        public TaskCompletionSource<Answer> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
