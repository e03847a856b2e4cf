using System.Globalization;
using static Kiosk.Hardware.Cash.Ssp.SspProtocol;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>
/// Each note is counted once, and each order to stack has one end. What an event alone does not tell is decided when nothing moves any more, by the
/// validator's counter of stacked notes beside the mark of the last credit.
/// </summary>
internal sealed partial class SspAcceptor
{
    /// <summary>So long nothing must have moved before silence means that nothing will, and before the counter has what was credited.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2), Counted = TimeSpan.FromSeconds(1);

    /// <summary>Of difference between counter and ledger: more is no money but other electronics.</summary>
    private const uint MostUnknown = 10;

    private bool _recovering = true;

    /// <summary>What the counter says once every note that the ledger knows of is in the box, and what the ledger's mark says of it; null: not known.</summary>
    private uint? _counted, _marked;

    private long _number, _orderedAt;
    private long? _quietSince;

    /// <summary>A credit that may be one that was counted before; it is not acknowledged until that is settled.</summary>
    private SspEvent? _unsettled;

    /// <summary>A note that people were asked to settle: if the validator tells its end after all, the case has it already.</summary>
    private CashItem? _doubted;

    private async Task BeginAsync(CashConversation conversation, CashPast past)
    {
        var mark = SspMark.Read(past.Mark);
        (_number, _orderedAt) = (mark?.Number ?? 0, Time.GetTimestamp());
        if (mark is not null && mark.Serial == _serial) _counted = _marked = mark.Stacked;
        if (conversation.Stacking) _services.Log.Recovering(conversation.Item!.Minor, conversation.Item.Currency);

        // Nothing new comes in, and what waits in escrow goes back: the first poll would take it. What is being stacked is not disturbed.
        await _talk.AskAsync(Disable);
        _enabled = false;
        await _talk.AskAsync(Reject);
    }

    private async Task CreditedAsync(CashConversation conversation, SspEvent credit)
    {
        // The one that was ordered, and no other can be meant: at once.
        if (conversation.Stacking && !_recovering && _counted is not null && _unsettled is null) await CountAsync(conversation, credit.Channel, _counted + 1);
        else _unsettled = credit;
    }

    private async Task SettleAsync(CashConversation conversation)
    {
        if (conversation.Item is not null && Time.GetElapsedTime(_orderedAt) >= _options.StackTimeout && _unsettled is null)
            await DoubtAsync(conversation, $"the note did not arrive within {_options.StackTimeout.TotalSeconds:0} s, and the validator does not tell where it is");
        var due = conversation.Item is not null || _unsettled is not null || _doubted is not null || _recovering;
        if (!due || _quietSince is not { } since) return;

        // With nothing open there is nothing to wait for.
        var quiet = Time.GetElapsedTime(since);
        if (_unsettled is not null ? quiet < Counted : conversation.Item is not null && quiet < Quiet) return;
        var stacked = await StackedAsync();

        // Its counter may be later than its event: what speaks against the event is believed only when it had time to follow.
        var against = stacked < _counted || (_unsettled is not null && conversation.Stacking && stacked == _counted);
        if (against && quiet < Quiet) return;
        if (_unsettled is { } credit) await SettleCreditAsync(conversation, credit, stacked);
        if (conversation.Item is not null)
        {
            if (quiet < Quiet) return;
            await SettleItemAsync(conversation, stacked);
        }

        await CompareAsync(conversation, stacked);
        if (!_jammed) _doubted = null;
        _recovering = false;
    }

    private async Task SettleCreditAsync(CashConversation conversation, SspEvent credit, uint? stacked)
    {
        var known = stacked is not null && _counted is not null && stacked >= _counted;
        if (_doubted is { } doubted && (credit.Channel == 0 || credit.Channel == doubted.Channel)) _services.Log.ToldLate(credit.Channel);
        else if (known && stacked == _counted && conversation.Stacking) await DoubtAsync(conversation, "the validator credits the note, and its counter of stacked notes did not move");
        else if (known && stacked == _counted) _services.Log.ToldAgain(credit.Channel);
        else if (known || conversation.Stacking || _number == 0) await CountAsync(conversation, credit.Channel, stacked);
        else await conversation.UnknownCreditsAsync(1, $"the validator credits channel {credit.Channel} ({Item(credit.Channel)?.Minor}), and neither a counter nor an order tells whether it was counted before");

        _unsettled = null;
        if (_withAck) await AcknowledgeAsync();
    }

    /// <summary>Nothing moves, and the validator told no end.</summary>
    private async Task SettleItemAsync(CashConversation conversation, uint? stacked)
    {
        if (stacked is not null && _counted is not null && stacked == _counted + 1) await CountAsync(conversation, 0, stacked);
        else if (stacked is not null && stacked == _counted) await conversation.ReturnedAsync();
        else await DoubtAsync(conversation, string.Create(
            CultureInfo.InvariantCulture, $"nothing moves any more, and the validator told no end; its counter of stacked notes is now {stacked}, and was {_counted} before (nothing: not known)"));
    }

    /// <param name="channel">0: the validator does not know it any more.</param>
    /// <param name="stacked">What the counter says with this note; null where it does not count.</param>
    private async Task CountAsync(CashConversation conversation, int channel, uint? stacked)
    {
        if (conversation is { Item: not null, Stacking: false }) _services.Log.KeptAgainstOrder(channel);
        var mark = new SspMark(_serial, stacked, _number + 1);
        await conversation.CreditedAsync(Item(channel), mark.ToString());
        (_counted, _marked, _number) = (stacked, stacked, mark.Number);
    }

    /// <summary>Nothing is open: from here on counter and ledger go together.</summary>
    private async Task CompareAsync(CashConversation conversation, uint? stacked)
    {
        if (stacked is null) return;
        if (_counted is { } counted && counted != stacked)
        {
            _services.Log.CounterDiffers(counted, stacked.Value);
            var more = stacked > counted ? stacked.Value - counted : 0;

            // The one that is in doubt has its case.
            if (_doubted is null && more is > 0 and <= MostUnknown)
                await conversation.UnknownCreditsAsync((int)more, string.Create(CultureInfo.InvariantCulture, $"the validator stacked {more} more than the ledger knows of: its counter says {stacked}, expected {counted}"));
        }

        _counted = stacked;
        if (_marked == stacked) return;
        await conversation.MarkedAsync(new SspMark(_serial, stacked, _number).ToString());
        _marked = stacked;
    }

    private async Task DoubtAsync(CashConversation conversation, string why)
    {
        if (conversation.Item is not { } item) return;
        _services.Log.InDoubt(item.Minor, item.Currency, why);
        await conversation.DoubtAsync(why);
        _doubted = item;
    }

    private async Task<uint?> StackedAsync()
    {
        var answer = await _talk.AskAsync(GetCounters);
        return answer.Code == Ok ? SspCounters.Read(answer.Arguments)?.Stacked : null;
    }
}
