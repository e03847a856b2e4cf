using static Kiosk.Hardware.Cash.Id003.Id003Protocol;

namespace Kiosk.Hardware.Cash.Id003;

/// <summary>What each status means for the note on its way.</summary>
internal sealed partial class Id003Acceptor
{
    /// <summary>An acceptor gives a note back by itself about 10 s after ESCROW or HOLD.</summary>
    private static readonly TimeSpan HoldEvery = TimeSpan.FromSeconds(2);

    /// <summary>So many times at rest before it is believed that nothing is on its way: right behind an order it may not have moved yet.</summary>
    private const int RestingPolls = 3;

    private readonly record struct Way(bool GoingBack, int Resting, long OrderedAt);

    private Way _way;
    private Id003Mark _mark;
    private bool _recovering = true;

    /// <summary>A note that people were asked to settle: if the acceptor tells its end after all, the case has it already.</summary>
    private CashItem? _doubted;

    private void Begin(CashConversation conversation, CashPast past)
    {
        (_mark, _way) = (Id003Mark.Read(past.Mark), new Way(false, 0, Time.GetTimestamp()));
        if (conversation.Item is { } item) _services.Log.Recovering(item.Minor, item.Currency);
    }

    private async Task HearAsync(CashConversation conversation, Id003Status status, byte[] data)
    {
        await LookAsync(conversation, status, data);
        if (!TellsCredit(status)) await TakenAsync(conversation);
        if (status is not (Id003Status.Idling or Id003Status.Disabled or Id003Status.Initializing)) _way = _way with { Resting = 0 };
        switch (status)
        {
            case Id003Status.Escrow or Id003Status.Holding: await EscrowedAsync(conversation, data); break;
            case Id003Status.VendValid: await VendValidAsync(conversation); break;
            case Id003Status.Stacked when conversation.Stacking: await CountAsync(conversation); break;
            case Id003Status.Rejecting or Id003Status.Returning: _way = _way with { GoingBack = true }; break;
            case Id003Status.PowerUp or Id003Status.PowerUpNoteInAcceptor or Id003Status.PowerUpNoteInStacker: await PowerUpAsync(conversation, status); break;
            case Id003Status.JamInAcceptor or Id003Status.JamInStacker or Id003Status.Failure:
                await DoubtAsync(conversation, $"the acceptor tells {status} ({(byte)status:X2}h{string.Concat(data.Select(value => $" {value:X2}h"))})");
                break;
            case Id003Status.Idling or Id003Status.Disabled or Id003Status.Initializing: await RestAsync(conversation); break;
            default: break;
        }

        if (conversation.Item is not null && Time.GetElapsedTime(_way.OrderedAt) >= _options.StackTimeout)
            await DoubtAsync(conversation, $"the note did not arrive within {_options.StackTimeout.TotalSeconds:0} s; the acceptor tells {status}");
    }

    /// <summary>The credit. Told until it is acknowledged, and that only when it is durable.</summary>
    private async Task VendValidAsync(CashConversation conversation)
    {
        if (conversation.Item is not null) await CountAsync(conversation);
        else if (!_mark.Taken) _services.Log.ToldAgain(Id003Status.VendValid);
        else await UnknownAsync(conversation, Id003Status.VendValid);
        await _talk.AcknowledgeAsync();
        await ConfirmAsync(conversation);
    }

    /// <summary>Asked at once: until it is written down that the acceptor has heard us, no other note may come in, or the two could be mistaken for each other.</summary>
    private async Task ConfirmAsync(CashConversation conversation)
    {
        var status = (Id003Status)(await _talk.StatusAsync()).Code;
        if (!TellsCredit(status)) await TakenAsync(conversation);
    }

    private static bool TellsCredit(Id003Status status) => status is Id003Status.VendValid or Id003Status.PowerUpNoteInStacker;

    private async Task PowerUpAsync(CashConversation conversation, Id003Status status)
    {
        _services.Log.WasReset(status);
        switch (status)
        {
            case Id003Status.PowerUpNoteInStacker when conversation.Item is not null: await CountAsync(conversation); break;
            case Id003Status.PowerUpNoteInStacker when !_mark.Taken: _services.Log.ToldAgain(status); break;
            case Id003Status.PowerUpNoteInStacker: await UnknownAsync(conversation, status); break;
            case Id003Status.PowerUp when conversation.Stacking:
                await DoubtAsync(conversation, "the acceptor came up without a note in its way: the one that was being stacked may be in the box, or was pulled out before");
                break;
            default: await conversation.ReturnedAsync(); break;
        }

        // RESET moves what is in the way; it is told above what that will be, and durable.
        (_recovering, _enabled) = (true, null);
        await _talk.OrderAsync(Reset);
        await ConfirmAsync(conversation);
    }

    /// <summary>Nothing moves.</summary>
    private async Task RestAsync(CashConversation conversation)
    {
        _way = _way with { Resting = _way.Resting + 1 };
        if (conversation.Item is not null)
        {
            if (_way.Resting < RestingPolls) return;

            // VEND VALID is told until it is acknowledged: without it the note is not in the box. Only one that was never seen to move in this opening is not judged.
            if (_recovering && conversation.Stacking && !_way.GoingBack)
                await DoubtAsync(conversation, "the acceptor is at rest and tells nothing of the note that was being stacked when the link was lost");
            else await conversation.ReturnedAsync();
        }

        (_recovering, _doubted) = (false, null);
        _way = _way with { GoingBack = false };
    }

    /// <summary>A note waits for a word. HOLD keeps it there until the ledger has decided.</summary>
    private async Task EscrowedAsync(CashConversation conversation, byte[] data)
    {
        if (conversation.Stacking && !_recovering)
        {
            // The order was not heard: it still waits here.
            await MoveAsync(Stack1);
            return;
        }

        if (conversation.Item is not null || _recovering || data is not [var code, ..] || Item(code) is not { } item || !_wanted.Contains(item.Minor))
        {
            // Ordered before the link was lost: whoever put it in may be gone, and not being in the box is the one thing that is certain.
            _way = _way with { GoingBack = true };
            await MoveAsync(Return);
            return;
        }

        var order = await DecideAsync(conversation, item);
        _way = new Way(order == CashOrder.GiveBack, 0, Time.GetTimestamp());
        await MoveAsync(order == CashOrder.Stack ? Stack1 : Return);
    }

    /// <summary>Orders it, and shuts the slot until its end is written down: a power-up tells that a note lies in the stacker, and not which.</summary>
    private async Task MoveAsync(byte order)
    {
        if (!await _talk.OrderAsync(order)) return;
        await _talk.SetAsync(Inhibit, 1);
        _enabled = 0;
    }

    private async Task<CashOrder> DecideAsync(CashConversation conversation, CashItem item)
    {
        var deciding = conversation.EscrowedAsync(item);
        try
        {
            for (var held = true; !deciding.IsCompleted;)
            {
                await Task.WhenAny(deciding, Task.Delay(HoldEvery, Time));
                if (held && !deciding.IsCompleted) held = await _talk.OrderAsync(Hold);
            }
        }
        finally
        {
            // The ledger is told one thing at a time, also where the link went meanwhile.
            await ((Task)deciding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await deciding;
    }

    private async Task CountAsync(CashConversation conversation)
    {
        if (!conversation.Stacking) _services.Log.KeptAgainstOrder(conversation.Item!.Minor, conversation.Item.Currency);
        var mark = new Id003Mark(_mark.Number + 1, Taken: false);
        await conversation.CreditedAsync(null, mark.ToString());
        _mark = mark;
    }

    /// <summary>It tells of a credit no more: it has heard that we have it.</summary>
    private async Task TakenAsync(CashConversation conversation)
    {
        if (_mark.Taken) return;
        var mark = _mark with { Taken = true };
        await conversation.MarkedAsync(mark.ToString());
        _mark = mark;
    }

    private async Task UnknownAsync(CashConversation conversation, Id003Status status)
    {
        if (_doubted is { } doubted) _services.Log.ToldLate(doubted.Minor, doubted.Currency);
        else await conversation.UnknownCreditsAsync(1, $"the acceptor tells {status} ({(byte)status:X2}h) of a note that was never offered or has its end already; it does not tell which");

        // From here on it is told of: once.
        var mark = _mark with { Taken = false };
        await conversation.MarkedAsync(mark.ToString());
        (_mark, _doubted) = (mark, null);
    }

    private async Task DoubtAsync(CashConversation conversation, string why)
    {
        if (conversation.Item is not { } item) return;
        _services.Log.InDoubt(item.Minor, item.Currency, why);
        await conversation.DoubtAsync(why);
        _doubted = item;
    }

    private CashItem? Item(byte code) =>
        Channels.FirstOrDefault(known => known.Number == Id003Currency.NumberOf(code)) is { } found ? new CashItem(found.Number, found.Minor, found.Currency) : null;
}
