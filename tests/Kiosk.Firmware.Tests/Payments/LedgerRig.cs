using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>The demo hall's ledger with its real rules, and no devices: a test says what they say.</summary>
internal sealed class LedgerRig : IIntake, IDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly Lock _gate = new();
    private HallState _state;

    public LedgerRig(TimeProvider? time = null)
    {
        var profile = RunningHall.Profile();
        _state = HallState.For(profile, printing: true);
        Feed = new(profile, new(1, 0, TestHall.Opening, _state));
        Door = new(this, Feed, time ?? TimeProvider.System);
        Record([new HallEvent.DayOpened(new(2026, 1, 5))]);
    }

    public HallFeed Feed { get; }

    public LedgerDoor Door { get; }

    public LedgerState Ledger => Feed.Latest.State.Ledger!;

    public Task<Answer> AskAsync(Request request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var decision = HallDecider.Decide(_state, request.Command, TestHall.Opening);
            return Task.FromResult(decision.Rejection is { } no ? new Answer([], no, false) : new Answer([.. Record([.. decision.Events])], null, false));
        }
    }

    public void Dispose() => _journal.Dispose();

    public Rejection? Ask(HallCommand.LedgerCommand command) => AskAsync(Request.Once("test", command), default).Result.Rejection;

    public void Take(params IEnumerable<HallCommand.LedgerCommand> commands) => Assert.All(commands, command => Assert.Null(Ask(command)));

    public PaymentId Begin(string id, PayMeans means, long minor)
    {
        var sum = new Money(minor, "CNY");
        Take(new HallCommand.BeginPayment(new(id), "mobile", "bill", "•••• 5678", "王*明", sum, sum, means, "en"));
        return new(id);
    }

    private IReadOnlyList<Recorded> Record(IReadOnlyList<HallEvent> facts)
    {
        lock (_gate)
        {
            var recorded = _journal.Append([.. facts.Select(fact => new Entry(TestHall.Opening, fact, null, "test"))]);
            foreach (var fact in facts) _state = HallDecider.Evolve(_state, fact, TestHall.Opening);
            Feed.Publish(new(1, _journal.LastSeq, TestHall.Opening, _state));
            return recorded;
        }
    }
}
