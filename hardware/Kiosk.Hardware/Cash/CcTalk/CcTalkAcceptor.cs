namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>Notes or coins over ccTalk.</summary>
/// <param name="talk">Owned by the acceptor from now on.</param>
internal sealed class CcTalkAcceptor(CcTalkTalk talk, CcTalkOptions options, IReadOnlyList<CashChannel> channels, CcTalkCondition condition, TimeProvider time) : ICashAcceptor
{
    private readonly TaskCompletionSource<DeviceLostException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlySet<long> _accepted = new HashSet<long>();

    public event Action? HealthChanged
    {
        add => condition.Changed += value;
        remove => condition.Changed -= value;
    }

    public DeviceHealth Health => condition.Health;

    public IReadOnlyList<CashChannel> Channels => channels;

    public bool Escrow => options.Notes;

    public CashBoxState Box => condition.Box;

    public void Accept(IReadOnlySet<long> values) => _accepted = values;

    public async Task ServeAsync(CashPast past, ICashSteps steps, CancellationToken cancel)
    {
        using var service = new CcTalkService(talk, options, condition, channels, new CashConversation(steps, past.Stacking), time);
        try
        {
            await service.RunAsync(past, () => _accepted, cancel);
        }
        catch (DeviceLostException lost)
        {
            condition.Lost(lost);
            _lost.TrySetResult(lost);

            // The ledger is asked by one at a time: the next opening begins when it has answered.
            await service.DecidedAsync();
            throw;
        }
    }

    /// <remarks>The device is polled by <see cref="ServeAsync"/>; here is only told when it was lost.</remarks>
    public async Task RunAsync(CancellationToken cancel)
    {
        var lost = await _lost.Task.WaitAsync(cancel);
        throw new DeviceLostException(lost.Fault, lost.Message, lost);
    }

    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        try
        {
            await CheckAsync(talk, condition);
        }
        catch (DeviceLostException lost)
        {
            condition.Lost(lost);
        }

        return Health;
    }

    /// <summary>Where the device has no self-check, that it answers at all is all there is.</summary>
    /// <exception cref="DeviceLostException">It does not answer.</exception>
    public static async Task CheckAsync(CcTalkTalk talk, CcTalkCondition condition)
    {
        if ((await talk.AskAsync(CcTalkProtocol.PerformSelfCheck)) is { Header: CcTalkProtocol.Answer, Data: [var code, ..] }) condition.SelfChecked(code);
        else condition.Pass();
    }

    public ValueTask DisposeAsync() => talk.DisposeAsync();
}
