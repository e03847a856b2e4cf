using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments.Billers;

namespace Kiosk.Simulation.Money;

/// <summary>A customer at the terminal. Whatever happens to the board, the customer only waits, pays, or walks away.</summary>
internal sealed class PayCustomer(Board board, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for what is wanted; false when it did not come in time or the board is dead.</summary>
    public async Task<bool> UntilAsync(Func<LedgerState, bool> so, TimeSpan patience, CancellationToken cancel)
    {
        var end = time.GetUtcNow() + patience;
        while (!so(board.Ledger))
        {
            if (board.Journal.Dead || time.GetUtcNow() > end) return false;
            await Task.Delay(Look, time, cancel);
        }

        return true;
    }

    /// <summary>Looks up the bill and begins. Null: the terminal would not.</summary>
    public async Task<PaymentId?> BeginAsync(string biller, string account, PayMeans means, long minor, TimeSpan patience, CancellationToken cancel)
    {
        if (!await UntilAsync(_ => board.Desk.Offer is var offer && offer.Open && (means == PayMeans.Card ? offer.Card : offer.Cash), patience, cancel)) return null;
        if (await board.Desk.LookUpAsync(biller, account, cancel) is not LookUpAnswer.Found(var bill)) return null;

        var id = new PaymentId(TicketCodes.Draw().Value);
        var refused = await board.Desk.BeginAsync(new(id, biller, bill.Reference, bill.MaskedAccount, bill.MaskedName, bill.Due, new(minor, "CNY"), means, "en"), cancel);
        return refused is null ? id : null;
    }

    /// <summary>Puts in one note or coin after the other, each when the one before is settled.</summary>
    /// <returns>False: the terminal did not take one in time.</returns>
    public async Task<bool> InsertAsync(PaymentId id, IEnumerable<(PayDevice Device, long Value)> items, CancellationToken cancel)
    {
        foreach (var (device, value) in items)
        {
            var before = board.Ledger.Find(id)?.Accepted.Minor;
            if (!await UntilAsync(ledger => ledger.Current == id && ledger.Boxes.Values.All(box => box.Stacking is null), TimeSpan.FromSeconds(60), cancel)) return false;
            for (var attempt = 0; attempt < 5 && board.Ledger.Find(id)?.Accepted.Minor == before; attempt++)
            {
                if (board.Journal.Dead) return false;
                device.Do("insert", $$"""{"value": {{value}}}""");
                await UntilAsync(ledger => ledger.Find(id)?.Accepted.Minor != before, TimeSpan.FromSeconds(8), cancel);
            }
        }

        return true;
    }
}
