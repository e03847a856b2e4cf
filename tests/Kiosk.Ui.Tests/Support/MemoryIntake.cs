using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Journal;

namespace Kiosk.Ui.Tests.Support;

/// <summary>The hall's rules behind the door of the engine, without a journal: all that a screen can tell apart.</summary>
internal sealed class MemoryIntake(HallFeed feed, TimeProvider time) : IIntake
{
    private readonly Lock _gate = new();
    private readonly List<Recorded> _facts = [];
    private readonly Dictionary<string, Answer> _answered = new(StringComparer.Ordinal);

    /// <summary>Set to let the next request fail as a full disk does.</summary>
    public bool DiskFull { get; set; }

    public Task<Answer> AskAsync(Request request, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (DiskFull) throw new JournalUnavailableException(JournalTrouble.DiskFull, "No space is left.");
            if (_answered.TryGetValue(request.RequestId, out var known)) return Task.FromResult(known with { Repeated = true });

            var at = time.GetUtcNow();
            var before = feed.Latest;
            var decision = HallDecider.Decide(before.State, request.Command, at);
            if (decision.Rejection is { } no) return Task.FromResult(new Answer([], no, false));

            var seq = before.Seq;
            var recorded = decision.Events.Select(fact => new Recorded(1, ++seq, at, fact, request.RequestId, request.Source)).ToImmutableArray();
            _facts.AddRange(recorded);
            feed.Publish(new HallSnapshot(1, seq, at, HallDecider.Evolve(before.State, decision.Events, at)));
            return Task.FromResult(_answered[request.RequestId] = new Answer(recorded, null, false));
        }
    }

    /// <summary>Settlement periods that were closed, in order, as a journal would tell them.</summary>
    public IReadOnlyList<ClosedPeriod> Closed()
    {
        lock (_gate)
        {
            var (closed, counts) = (new List<ClosedPeriod>(), new List<HallEvent.CashCounted>());
            foreach (var recorded in _facts)
            {
                if (recorded.Fact is HallEvent.CashCounted counted) counts.Add(counted);
                if (recorded.Fact is not HallEvent.PeriodClosed entry) continue;
                var corrections = _facts.Where(later => later.Fact is HallEvent.LedgerCorrected corrected && corrected.Period == entry.Period)
                    .Select(later => new PeriodCorrection(later.At, (HallEvent.LedgerCorrected)later.Fact)).ToList();
                closed.Add(new(recorded.At, entry, [.. counts], corrections));
                counts.Clear();
            }

            return closed;
        }
    }

    /// <summary>For arranging a test: the command must be allowed.</summary>
    public Answer Do(HallCommand command)
    {
        var answer = AskAsync(Request.Once("test", command), CancellationToken.None).GetAwaiter().GetResult();
        return answer.Rejection is null ? answer : throw new InvalidOperationException($"{command}: {answer.Rejection}");
    }
}
