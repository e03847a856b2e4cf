using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Hardware.Cash;
using Kiosk.Journal;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Payments.Cash;

/// <summary>The ledger's side of one acceptor: a note is stacked when its order is durable, and acknowledged when its credit is.</summary>
internal sealed class CashLedger(string device, LedgerDoor ledger, CancellationToken cancel) : ICashSteps
{
    public async Task<bool> EscrowedAsync(CashItem item)
    {
        try
        {
            var answer = await ledger.AskAsync(new HallCommand.EscrowCash(device, Value(item)), device, cancel);
            return answer.Events.Any(recorded => recorded.Fact is HallEvent.CashStacking);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            // What cannot be written down is not taken.
            return false;
        }
    }

    // Also while the host stops: the device has it, and is asked in vain for it later if this is lost.
    public async Task CreditedAsync(CashItem item, string mark)
    {
        var answer = await InsistAsync(new HallCommand.CreditCash(device, Value(item), mark));
        if (answer.Rejection is null or Rejection.CountedBefore) return;

        // Money that the ledger cannot count, as of another currency, is in the box all the same: people must look.
        await InsistAsync(new HallCommand.DoubtCash(device, Value(item), $"{item.Minor} {item.Currency} is in the box, which is not counted here: {answer.Rejection}"));
        await InsistAsync(new HallCommand.MarkCash(device, mark));
    }

    public Task ReturnedAsync(CashItem item) => InsistAsync(new HallCommand.ReturnCash(device, Value(item)));

    public Task InDoubtAsync(CashItem? item, string why) => InsistAsync(new HallCommand.DoubtCash(device, item is null ? null : Value(item), why));

    public Task MarkedAsync(string mark) => InsistAsync(new HallCommand.MarkCash(device, mark));

    public Task BoxRemovedAsync() => InsistAsync(new HallCommand.RemoveCashBox(device));

    public Task BoxInsertedAsync() => InsistAsync(new HallCommand.InsertCashBox(device));

    private Task<Answer> InsistAsync(HallCommand.LedgerCommand command) => ledger.InsistAsync(command, device, CancellationToken.None);

    private static Money Value(CashItem item) => new(item.Minor, item.Currency);
}
