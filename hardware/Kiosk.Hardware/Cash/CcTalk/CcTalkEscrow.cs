namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>The note in escrow, from the offer to its end: keeps the device waiting while the ledger decides, gives the order, and never gives it again without
/// having asked where the note is.</summary>
internal sealed class CcTalkEscrow(CcTalkTalk talk, CcTalkOptions options, CcTalkCondition condition, CashConversation conversation, TimeProvider time)
{
    /// <summary>Devices give back after ten seconds or more; after so long they are asked to wait on.</summary>
    private static readonly TimeSpan WaitEvery = TimeSpan.FromSeconds(2);

    private const int MostOrders = 3;

    private Task<CashOrder>? _decision;
    private Func<Task>? _end;
    private CashOrder? _order;
    private bool _heard, _unsure;
    private int _orders;
    private long _since;

    public bool Idle => _decision is null && _order is null;

    public async Task OfferAsync(CashItem item)
    {
        // The one before has ended, or else it would not be offered: the ledger's word about it comes first.
        if (_decision is { } before) await before;
        if (_end is { } tell) await tell();
        Forget();
        (_decision, _since) = (conversation.EscrowedAsync(item), time.GetTimestamp());
    }

    /// <summary>A note that nobody knows the value of.</summary>
    public void GiveBack() => Begin(CashOrder.GiveBack, unsure: false);

    /// <summary>The order to stack was given, or was about to be, before the link, the device or the host went.</summary>
    public void Resume() => Begin(CashOrder.Stack, unsure: true);

    /// <summary>The device said how it ended. The ledger hears of it when it has decided.</summary>
    public async Task EndAsync(Func<Task> tell)
    {
        if (_decision is { IsCompleted: false })
        {
            var before = _end;
            _end = before is null ? tell : async () =>
            {
                await before();
                await tell();
            };
            return;
        }

        if (_decision is not null) await _decision;
        Forget();
        await tell();
    }

    /// <summary>Nobody is left alone with a question of ours.</summary>
    public Task DecidedAsync() => _decision ?? Task.CompletedTask;

    public async Task StepAsync()
    {
        if (_decision is { } decision)
        {
            if (!decision.IsCompleted)
            {
                await KeepWaitingAsync();
                return;
            }

            var order = await decision;
            if (_end is { } tell)
            {
                Forget();
                await tell();
                return;
            }

            _decision = null;
            Begin(order, unsure: false);
        }

        if (_order is not null) await CarryOutAsync();
    }

    private void Begin(CashOrder order, bool unsure) => (_order, _heard, _unsure, _orders, _since) = (order, false, unsure, 0, time.GetTimestamp());

    private void Forget() => (_decision, _end, _order) = (null, null, null);

    private async Task KeepWaitingAsync()
    {
        if (_end is not null || time.GetElapsedTime(_since) < WaitEvery) return;
        _since = time.GetTimestamp();

        // Whether it is still there its events tell.
        await talk.AskAsync(CcTalkProtocol.RouteBill, CcTalkProtocol.RouteWait);
    }

    private async Task CarryOutAsync()
    {
        if (_heard)
        {
            if (time.GetElapsedTime(_since) >= options.Stack)
                await GiveUpAsync($"neither in the box nor back {options.Stack.TotalSeconds:0} s after the order");
            return;
        }

        if (_unsure && !await IsStillThereAsync())
        {
            (_heard, _since) = (true, time.GetTimestamp());
            return;
        }

        if (_orders++ == MostOrders)
        {
            await GiveUpAsync($"still in escrow after {MostOrders} orders");
            return;
        }

        var code = _order == CashOrder.Stack ? CcTalkProtocol.RouteStack : CcTalkProtocol.RouteReturn;
        var reply = await talk.OrderAsync(CcTalkProtocol.RouteBill, code);
        _heard = reply is { Ack: true } || reply?.Of(1) is [CcTalkProtocol.EscrowEmpty];
        _unsure = !_heard;
        _since = time.GetTimestamp();
    }

    /// <summary>To wait on is obeyed only with a note in escrow: the harmless way to ask for it.</summary>
    private async Task<bool> IsStillThereAsync() => (await talk.AskAsync(CcTalkProtocol.RouteBill, CcTalkProtocol.RouteWait)).Ack;

    private async Task GiveUpAsync(string why)
    {
        Forget();
        condition.Fault(DeviceFault.Jam, why);
        await conversation.DoubtAsync(why);
    }
}
