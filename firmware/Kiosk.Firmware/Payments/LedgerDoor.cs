using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Payments;

/// <summary>The ledger as its workers see it: the latest state, and one way to ask for a change.</summary>
internal sealed class LedgerDoor(IIntake intake, HallFeed feed, TimeProvider time)
{
    public HallFeed Feed => feed;

    /// <summary>Of a hall that has a self-service terminal.</summary>
    public LedgerState State => feed.Latest.State.Ledger!;

    /// <exception cref="JournalUnavailableException">Nothing was decided.</exception>
    /// <exception cref="IntakeFullException">Nothing was decided.</exception>
    public Task<Answer> AskAsync(HallCommand.LedgerCommand command, string source, CancellationToken cancel, string? who = null) =>
        intake.AskAsync(Request.Once(source, command, who), cancel);

    /// <inheritdoc cref="Insistence.InsistAsync"/>
    public Task<Answer> InsistAsync(HallCommand.LedgerCommand command, string source, CancellationToken cancel, string? who = null) =>
        intake.InsistAsync(Request.Once(source, command, who), time, cancel);
}
