using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Payments;

/// <summary>The ledger as its workers see it: the latest state, and one way to ask for a change.</summary>
internal sealed class LedgerDoor(IIntake intake, HallFeed feed, TimeProvider time)
{
    /// <summary>How soon a journal that took nothing is asked again.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(300);

    public HallFeed Feed => feed;

    /// <summary>Of a hall that has a self-service terminal.</summary>
    public LedgerState State => feed.Latest.State.Ledger!;

    /// <exception cref="JournalUnavailableException">Nothing was decided.</exception>
    /// <exception cref="IntakeFullException">Nothing was decided.</exception>
    public Task<Answer> AskAsync(HallCommand.LedgerCommand command, string source, CancellationToken cancel, string? who = null) =>
        intake.AskAsync(Request.Once(source, command, who), cancel);

    /// <summary>What a device or a biller said is known only here until the journal has it: asked until it is taken, with the same request.</summary>
    public async Task<Answer> InsistAsync(HallCommand.LedgerCommand command, string source, CancellationToken cancel, string? who = null)
    {
        var request = Request.Once(source, command, who);
        while (true)
        {
            try
            {
                return await intake.AskAsync(request, cancel);
            }
            catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
            {
                await Task.Delay(AskAgain, time, cancel);
            }
        }
    }
}
