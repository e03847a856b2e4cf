using static Kiosk.Hardware.Cash.Ssp.SspProtocol;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>A banknote validator that speaks SSP. One loop polls it; what it tells goes to the ledger, and is acknowledged behind it.</summary>
internal sealed partial class SspAcceptor : ICashAcceptor
{
    /// <summary>The validator's own patience with a note in escrow is 5 s.</summary>
    private static readonly TimeSpan HoldEvery = TimeSpan.FromSeconds(1);

    private readonly SspTalk _talk;
    private readonly SspOptions _options;
    private readonly SspSetup _setup;
    private readonly uint _serial;
    private readonly DriverServices _services;
    private volatile IReadOnlySet<long> _wanted = new HashSet<long>();
    private DeviceHealth _health = DeviceHealth.Unknown;
    private bool _withAck;
    private bool? _enabled;
    private ulong _uninhibited;

    private SspAcceptor(SspTalk talk, SspOptions options, SspSetup setup, uint serial, DriverServices services)
    {
        (_talk, _options, _setup, _serial, _services) = (talk, options, setup, serial, services);
        _withAck = options.PollWithAck;
    }

    public event Action? HealthChanged;

    public DeviceHealth Health => Volatile.Read(ref _health);

    public IReadOnlyList<CashChannel> Channels => _setup.Channels;

    public bool Escrow => true;

    public CashBoxState Box { get; private set; }

    private TimeProvider Time => _services.Time;

    /// <summary>Says hello and reads what the validator knows. No POLL: that would take a note that waits in escrow.</summary>
    /// <param name="talk">Owned by the acceptor from now on.</param>
    /// <exception cref="DeviceLostException">It does not answer, or is none.</exception>
    public static async Task<SspAcceptor> OpenAsync(SspTalk talk, SspOptions options, DriverServices services)
    {
        try
        {
            await talk.SyncAsync();
            await ChooseVersionAsync(talk);
            var setup = SspSetup.Read((await talk.OrderAsync(SetupRequest)).Arguments, out var mistake);
            if (setup is null) throw talk.Lose(new DeviceLostException(DeviceFault.NotUnderstood, mistake));
            var serial = (await talk.OrderAsync(SerialNumber)).Arguments is [var a, var b, var c, var d, ..] ? ((uint)a << 24) | ((uint)b << 16) | ((uint)c << 8) | d : 0;
            services.Log.Opened(setup.Firmware, serial, setup.Version, setup.Channels.Count);
            return new SspAcceptor(talk, options, setup, serial, services);
        }
        catch
        {
            await talk.DisposeAsync();
            throw;
        }
    }

    public void Accept(IReadOnlySet<long> values) => _wanted = values;

    public async Task RunAsync(CancellationToken cancel)
    {
        var lost = await _talk.Lost.WaitAsync(cancel);
        throw new DeviceLostException(lost.Fault, lost.Message, lost);
    }

    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        try
        {
            // A question that changes nothing; the state itself comes with the polls.
            await _talk.AskAsync(SerialNumber);
        }
        catch (DeviceLostException lost)
        {
            // RunAsync meets the same link and ends.
            Become(DeviceHealth.OutOfService(lost.Fault, lost.Message));
        }

        return Health;
    }

    public async Task ServeAsync(CashPast past, ICashSteps steps, CancellationToken cancel)
    {
        using var conversation = new CashConversation(steps, past.Stacking);
        try
        {
            await BeginAsync(conversation, past);
            while (!cancel.IsCancellationRequested || conversation.Item is not null || _unsettled is not null) await RoundAsync(conversation, cancel);
            await _talk.AskAsync(Disable);
            cancel.ThrowIfCancellationRequested();
        }
        catch (DeviceLostException lost)
        {
            Become(DeviceHealth.OutOfService(lost.Fault, lost.Message));
            throw;
        }
    }

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    private static async Task ChooseVersionAsync(SspTalk talk)
    {
        for (var version = NewestVersion; version >= OldestVersion; version--)
        {
            if ((await talk.AskAsync(HostProtocolVersion, (byte)version)).Code == Ok) return;
        }

        throw talk.Lose(new DeviceLostException(DeviceFault.NotUnderstood, $"knows none of the protocol versions {OldestVersion} to {NewestVersion}"));
    }

    private async Task RoundAsync(CashConversation conversation, CancellationToken cancel)
    {
        await EnableAsync();
        var events = await PollAsync();
        var ordered = await HearAsync(conversation, events);
        if (_withAck && events.Any(one => one.WantsAck) && _unsettled is null) await AcknowledgeAsync();
        await SettleAsync(conversation);
        if (!ordered) await PauseAsync(cancel);
    }

    private async Task<IReadOnlyList<SspEvent>> PollAsync()
    {
        var answer = await _talk.AskAsync(_withAck ? PollWithAck : Poll);
        if (_withAck && answer.Code == UnknownCommand)
        {
            // Not understood is not done: older firmware has POLL alone.
            _withAck = false;
            _services.Log.NoPollWithAck();
            answer = await _talk.AskAsync(Poll);
        }

        if (answer.Code != Ok) throw _talk.Lose(new DeviceLostException(DeviceFault.NotUnderstood, $"POLL was answered {NameOf(answer.Code)}"));
        var events = SspEvent.Read(answer.Arguments, out var stray);
        if (stray is { } unknown) _services.Log.UnknownEvent(unknown);
        return events;
    }

    private async Task AcknowledgeAsync()
    {
        // CANNOT BE PROCESSED: there was nothing to acknowledge, as with events that this firmware tells only once.
        if ((await _talk.AskAsync(EventAck)).Code is not (Ok or CannotBeProcessed) and var code)
            throw _talk.Lose(new DeviceLostException(DeviceFault.NotUnderstood, $"EVENT ACK was answered {NameOf(code)}"));
    }

    private async Task EnableAsync()
    {
        var wanted = _recovering || Box is CashBoxState.Full or CashBoxState.Removed ? [] : Channels.Where(channel => _wanted.Contains(channel.Minor)).ToList();
        var uninhibited = wanted.Aggregate(0UL, (bits, channel) => bits | (1UL << (channel.Number - 1)));
        if (uninhibited != 0 && uninhibited != _uninhibited)
        {
            // One bit for each channel, lowest first; 1 takes it.
            await _talk.OrderAsync([SetInhibits, .. Enumerable.Range(0, Math.Max(2, (Channels.Max(channel => channel.Number) + 7) / 8)).Select(part => (byte)(uninhibited >> (8 * part)))]);
            _uninhibited = uninhibited;
        }

        var enable = uninhibited != 0;
        if (_enabled == enable) return;

        // CANNOT BE PROCESSED: not now, as without its box. It is asked again with the next poll.
        var code = (await _talk.AskAsync(enable ? Enable : Disable)).Code;
        if (code == Ok) _enabled = enable;
        else if (code != CannotBeProcessed) throw _talk.Lose(new DeviceLostException(DeviceFault.NotUnderstood, $"{(enable ? "ENABLE" : "DISABLE")} was answered {NameOf(code)}"));
    }

    private async Task PauseAsync(CancellationToken cancel)
    {
        // A host that stops still finishes what is on its way, and does not spin meanwhile.
        if (cancel.IsCancellationRequested) await Task.Delay(_options.Poll, Time, CancellationToken.None);
        else await Task.Delay(_options.Poll, Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Become(DeviceHealth health)
    {
        if (Health == health) return;
        Volatile.Write(ref _health, health);
        HealthChanged?.Invoke();
    }
}
