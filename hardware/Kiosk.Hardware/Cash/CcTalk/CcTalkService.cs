namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>One life of an acceptor in service: sets it up, polls it, and brings what it tells before the ledger, each event once.</summary>
internal sealed class CcTalkService : IDisposable
{
    /// <summary>A fault is asked after so often, and so are settings that a power cut may have wiped out unseen.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(2);

    /// <summary>Events without a credit, before the device forgets any of them, move the mark as well.</summary>
    private const int MarkAfter = 3;

    private readonly CcTalkTalk _talk;
    private readonly CcTalkOptions _options;
    private readonly CcTalkCondition _condition;
    private readonly CcTalkCounting _counting;
    private readonly CashConversation _conversation;
    private readonly CcTalkEscrow _escrow;
    private readonly IReadOnlyList<CashChannel> _channels;
    private readonly TimeProvider _time;
    private int? _applied;
    private int _marked;
    private long _checkedAt;
    private bool _toMark, _boxOut;

    public CcTalkService(CcTalkTalk talk, CcTalkOptions options, CcTalkCondition condition, IReadOnlyList<CashChannel> channels, CashConversation conversation, TimeProvider time)
    {
        (_talk, _options, _condition, _channels, _conversation, _time) = (talk, options, condition, channels, conversation, time);
        _counting = new CcTalkCounting(talk, options);
        _escrow = new CcTalkEscrow(talk, options, condition, conversation, time);
    }

    /// <param name="accepted">The values to take, asked at each round.</param>
    public async Task RunAsync(CashPast past, Func<IReadOnlySet<long>> accepted, CancellationToken cancel)
    {
        await BeginAsync(CcTalkMark.Parse(past.Mark));
        long? stopped = null;
        while (true)
        {
            if (cancel.IsCancellationRequested) stopped ??= _time.GetTimestamp();
            if (stopped is { } since && (_escrow.Idle || _time.GetElapsedTime(since) > 2 * _options.Stack)) break;
            await ApplyAsync(stopped is null && !_condition.Faulty ? MaskOf(accepted()) : 0);
            await PollAsync();
            await _escrow.StepAsync();
            await CheckAsync();

            // Not ended by the cancellation: a round is short, and what is being stacked is finished first.
            await Task.Delay(_options.Poll, _time, CancellationToken.None);
        }

        await ApplyAsync(0);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>When this is complete the ledger has no question of ours open.</summary>
    public Task DecidedAsync() => _escrow.DecidedAsync();

    public void Dispose() => _conversation.Dispose();

    private async Task BeginAsync(CcTalkMark? past)
    {
        await SetUpAsync();
        var accepted = await _counting.AskAcceptedAsync();
        var events = await AskEventsAsync();
        if (past is null)
        {
            _counting.Begin(events.Counter, accepted);
            await _conversation.DoubtAsync("the ledger does not say where the device's counting stood when this was to be stacked");
            await MarkAsync();
            return;
        }

        _counting.GoOn(past);

        // A note that was offered left an event: a counter of 0 has forgotten it.
        var reset = events.WasReset && (past.Counter != 0 || _conversation.Stacking);
        await CatchUpAsync(events, accepted, OwnEscrow(events), reset, taking: false);
        if (_conversation.Stacking) _escrow.Resume();
    }

    private async Task SetUpAsync()
    {
        _applied = null;
        await ApplyAsync(0);
        if (_options.Notes) await ObeyAsync(CcTalkProtocol.ModifyBillOperatingMode, CcTalkProtocol.StackerAndEscrow);
    }

    private async Task PollAsync()
    {
        var events = await AskEventsAsync();
        var reset = events.WasReset && _counting.Seen != 0;
        if (events.IsBehind(_counting.Seen))
        {
            // The answer to an earlier question, or a reset that was not seen: on a new link there is no earlier question, and the mark tells.
            throw new DeviceLostException(DeviceFault.Silent, $"{_talk.Address}: event counter {events.Counter} after {_counting.Seen}: answers come late, or the device was reset");
        }

        if (!reset && events.CountSince(_counting.Seen) <= CcTalkProtocol.EventsKept)
        {
            await TakeAsync(events, 0);
            if ((_toMark || events.CountSince(_marked) >= MarkAfter) && _escrow.Idle) await MarkAsync();
            return;
        }

        await RecoverAsync(reset);
    }

    /// <summary>It was reset, or lost events: nothing moves while it is found out what is missing.</summary>
    private async Task RecoverAsync(bool reset)
    {
        var taking = _applied > 0;
        await SetUpAsync();
        var accepted = await _counting.AskAcceptedAsync();
        await CatchUpAsync(await AskEventsAsync(), accepted, own: null, reset, taking);
    }

    /// <param name="accepted">Asked before the events: what fell in between is in them.</param>
    /// <param name="own">Counter of the event that offered the note that is being stacked, if it is still told.</param>
    /// <param name="taking">Coins may have fallen until now.</param>
    private async Task CatchUpAsync(CcTalkEvents events, int? accepted, int? own, bool reset, bool taking)
    {
        var since = events.CountSince(_counting.Seen);
        var lost = Math.Max(0, since - CcTalkProtocol.EventsKept);
        var story = reset ? "the device was reset" : lost > 0 ? $"{lost} events of the device were lost" : "the device's accept counter knows of more items than its events";
        await TakeAsync(events, own is { } offer ? since - events.CountSince(offer) : 0);

        var missing = _counting.Missing(accepted);
        var counted = _conversation.Item is not null && missing > 0;
        if (counted) missing--;

        // A note whose offer is told after the gap cannot have ended in it.
        if (_conversation.Item is not null && (reset || (lost > 0 && own is null)))
        {
            if (counted) _counting.Kept(1);
            var counter = missing is null ? "" : $"; its accept counter {(counted ? "went on by one" : "did not go on")}";
            await _escrow.EndAsync(() => _conversation.DoubtAsync($"{story} while this was on its way{counter}"));
        }

        await TellMissingAsync(missing, story, !_options.Notes && (lost > 0 || (reset && taking)));
        _toMark |= reset || since > 0 || missing > 0;
        if (_toMark && _escrow.DecidedAsync().IsCompleted) await MarkAsync();
    }

    /// <param name="may">Without an accept counter there may have been credits: coins have no order that would tell.</param>
    private async Task TellMissingAsync(int? missing, string story, bool may)
    {
        if (missing is { } count)
        {
            // Not asked for a turn in vain: the ledger may be deciding about the note in escrow.
            if (count == 0) return;
            _counting.Kept(count);
            await _conversation.UnknownCreditsAsync(count, story);
        }
        else if (may)
        {
            await _conversation.UnknownCreditsAsync(1, $"{story}, and it has no accept counter: what it took meanwhile is not known");
        }
    }

    /// <summary>Of the events since the mark: the last offer before the first credit. What was offered before it went back, or the mark would be newer.</summary>
    private int? OwnEscrow(CcTalkEvents events)
    {
        if (!_conversation.Stacking) return null;
        var offers = events.Since(_counting.Seen).TakeWhile(one => one.A == 0 || one.B != CcTalkProtocol.BillStacked);
        return offers.LastOrDefault(one => one.A == _conversation.Item!.Channel && one.B == CcTalkProtocol.BillInEscrow) is { Counter: > 0 } own ? own.Counter : null;
    }

    /// <param name="stale">So many of the oldest new events were dealt with before the ledger wrote its last word: only what the box says counts of them.</param>
    private async Task TakeAsync(CcTalkEvents events, int stale)
    {
        var fresh = events.Since(_counting.Seen).ToList();
        stale -= events.CountSince(_counting.Seen) - fresh.Count;
        for (var i = 0; i < fresh.Count; i++)
        {
            var (counter, a, b) = fresh[i];
            _counting.Seen = counter;
            if (a == 0) await MeanAsync(_options.Notes ? CcTalkCodes.OfBillEvent(b) : CcTalkCodes.OfCoinEvent(b), b, i < stale);
            else if (!_options.Notes || b == CcTalkProtocol.BillStacked) await CreditAsync(a);
            else if (b == CcTalkProtocol.BillInEscrow && i >= stale && !fresh.Skip(i + 1).Any(Ends)) await OfferAsync(a);
        }

        _counting.Seen = events.Counter;
    }

    private static bool Ends(CcTalkEvent later) => later is { A: 0, B: 1 or 8 } or { A: > 0, B: CcTalkProtocol.BillStacked };

    private async Task CreditAsync(byte channel)
    {
        _counting.Kept(1);
        _condition.Moves();
        var item = ItemOf(channel);
        _toMark |= item is null;
        await _escrow.EndAsync(() => _conversation.CreditedAsync(item, _counting.Mark()));
    }

    private async Task OfferAsync(byte channel)
    {
        _condition.Moves();
        if (ItemOf(channel) is { } item) await _escrow.OfferAsync(item);
        else _escrow.GiveBack();
    }

    private async Task MeanAsync(CcTalkMeaning meaning, byte code, bool stale)
    {
        switch (meaning)
        {
            case CcTalkMeaning.Returned when !stale: await _escrow.EndAsync(_conversation.ReturnedAsync); break;
            case CcTalkMeaning.PulledBack when !stale:
                _condition.Fraud($"event {code}: a note was pulled back");
                await _escrow.EndAsync(_conversation.ReturnedAsync);
                break;
            case CcTalkMeaning.Jam when !stale:
                _condition.Fault(DeviceFault.Jam, $"event {code}");
                await _escrow.EndAsync(() => _conversation.DoubtAsync($"jam: the device's event {code}"));
                break;
            case CcTalkMeaning.Fraud: _condition.Fraud($"event {code}"); break;
            case CcTalkMeaning.Broken: _condition.Fault(DeviceFault.Unrecoverable, $"event {code}"); break;
            case CcTalkMeaning.KeptUnknown:
                _toMark = true;
                _counting.Kept(1);
                await _conversation.UnknownCreditsAsync(1, $"the device kept something unknown: its event {code}");
                break;
            case CcTalkMeaning.BoxRemoved:
                await TellBoxAsync(isOut: true);
                _condition.BoxIs(CashBoxState.Removed);
                break;
            case CcTalkMeaning.BoxInserted:
                // Where the event of its removal was lost it was another box until now all the same.
                await TellBoxAsync(isOut: true);
                await TellBoxAsync(isOut: false);
                _condition.BoxIs(CashBoxState.InPlace);
                break;
            case CcTalkMeaning.BoxFull: _condition.BoxIs(CashBoxState.Full); break;
            case CcTalkMeaning.BoxWell when _condition.Box is not CashBoxState.Removed: _condition.BoxIs(CashBoxState.InPlace); break;
            default: break;
        }
    }

    /// <summary>Each time it is taken or put is told once, whether an event or the self-check says so.</summary>
    private async Task TellBoxAsync(bool isOut)
    {
        if (isOut == _boxOut) return;
        (_boxOut, _toMark) = (isOut, true);
        await _conversation.BoxAsync(inPlace: !isOut);
    }

    private async Task MarkAsync()
    {
        (_toMark, _marked) = (false, _counting.Seen);
        await _conversation.MarkedAsync(_counting.Mark());
    }

    /// <summary>What may have ended, or been forgotten, without an event.</summary>
    private async Task CheckAsync()
    {
        _condition.Pass();
        if (_time.GetElapsedTime(_checkedAt) < CheckEvery) return;
        _checkedAt = _time.GetTimestamp();
        if (_condition.Faulty) await CcTalkAcceptor.CheckAsync(_talk, _condition);
        await TellBoxAsync(_condition.Box == CashBoxState.Removed);

        // Before the first event a reset leaves no trace in the counter (part 2, header 229), but in the settings.
        if (_applied > 0 && _counting.Seen == 0 && await ForgotSettingsAsync()) await RecoverAsync(reset: true);
    }

    private async Task<bool> ForgotSettingsAsync()
    {
        if ((await _talk.AskAsync(CcTalkProtocol.RequestMasterInhibit)).Of(1) is [var master] && (master & 1) == 0) return true;
        return (await _talk.AskAsync(CcTalkProtocol.RequestInhibit)).Of(2) is [var low, var high] && (low | (high << 8)) != _applied;
    }

    private async Task<CcTalkEvents> AskEventsAsync()
    {
        var header = _options.Notes ? CcTalkProtocol.ReadBufferedBillEvents : CcTalkProtocol.ReadBufferedCredit;
        return (await _talk.AskAsync(header)).Of(CcTalkEvents.Length) is { } data
            ? CcTalkEvents.Parse(data)
            : throw new DeviceLostException(DeviceFault.NotUnderstood, $"{_talk.Address}: header {header} is not answered with five events");
    }

    private async Task ApplyAsync(int mask)
    {
        if (mask == _applied) return;
        if (mask != 0) await ObeyAsync(CcTalkProtocol.ModifyInhibit, (byte)mask, (byte)(mask >> 8));
        await ObeyAsync(CcTalkProtocol.ModifyMasterInhibit, mask == 0 ? (byte)0 : (byte)1);
        _applied = mask;
    }

    private async Task ObeyAsync(byte header, params byte[] data)
    {
        if (!(await _talk.AskAsync(header, data)).Ack)
            throw new DeviceLostException(DeviceFault.NotUnderstood, $"{_talk.Address}: header {header} is refused");
    }

    private int MaskOf(IReadOnlySet<long> values) =>
        _channels.Where(channel => values.Contains(channel.Minor)).Aggregate(0, (mask, channel) => mask | (1 << (channel.Number - 1)));

    private CashItem? ItemOf(byte channel) =>
        _channels.FirstOrDefault(known => known.Number == channel) is { } found ? new(found.Number, found.Minor, found.Currency) : null;
}
