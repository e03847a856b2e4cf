using static Kiosk.Hardware.Cash.Id003.Id003Protocol;

namespace Kiosk.Hardware.Cash.Id003;

/// <summary>A banknote acceptor that speaks ID-003. One loop asks for its status; VEND VALID goes to the ledger and is acknowledged behind it.</summary>
internal sealed partial class Id003Acceptor : ICashAcceptor
{
    private readonly Id003Talk _talk;
    private readonly Id003Options _options;
    private readonly DriverServices _services;
    private volatile IReadOnlySet<long> _wanted = new HashSet<long>();
    private DeviceHealth _health = DeviceHealth.Unknown;

    /// <summary>What the acceptor was told to take, a bit for each; 0: inhibited; null: it knows nothing of us yet.</summary>
    private int? _enabled;

    private Id003Acceptor(Id003Talk talk, Id003Options options, IReadOnlyList<CashChannel> channels, DriverServices services) =>
        (_talk, _options, Channels, _services) = (talk, options, channels, services);

    public event Action? HealthChanged;

    public DeviceHealth Health => Volatile.Read(ref _health);

    public IReadOnlyList<CashChannel> Channels { get; }

    public bool Escrow => true;

    public CashBoxState Box { get; private set; }

    private TimeProvider Time => _services.Time;

    /// <summary>Reads what the acceptor knows. Orders nothing: what lies in it is settled with the ledger.</summary>
    /// <param name="talk">Owned by the acceptor from now on.</param>
    /// <exception cref="DeviceLostException">It does not answer, or tells no denominations and none are set.</exception>
    public static async Task<Id003Acceptor> OpenAsync(Id003Talk talk, Id003Options options, DriverServices services)
    {
        try
        {
            await talk.SettleAsync();
            var status = await talk.StatusAsync();
            var channels = await ChannelsAsync(talk, options);
            services.Log.Opened((Id003Status)status.Code, channels.Count);
            return new Id003Acceptor(talk, options, channels, services);
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
            await _talk.StatusAsync();
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
            Begin(conversation, past);
            while (!cancel.IsCancellationRequested || conversation.Item is not null || !_mark.Taken) await RoundAsync(conversation, cancel);
            await _talk.SetAsync(Inhibit, 1);
            cancel.ThrowIfCancellationRequested();
        }
        catch (DeviceLostException lost)
        {
            Become(DeviceHealth.OutOfService(lost.Fault, lost.Message));
            throw;
        }
    }

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    private static async Task<IReadOnlyList<CashChannel>> ChannelsAsync(Id003Talk talk, Id003Options options)
    {
        IReadOnlyList<CashChannel>? told = [];
        var mistake = "CURRENCY ASSIGN REQUEST is not known to it";
        if (await talk.SetAsync(CurrencyAssign) is { } answer) told = Id003Currency.Read(answer.Data, options.Currency, options.Decimals, out mistake);
        IReadOnlyList<CashChannel> channels = [.. options.Channels, .. (told ?? []).Where(channel => options.Channels.All(named => named.Number != channel.Number))];
        return channels is not []
            ? channels
            : throw talk.Lose(DeviceFault.NotUnderstood, $"its denominations are not known ({(mistake == "" ? "it tells none" : mistake)}); name them with the option \"channels\"");
    }

    private async Task RoundAsync(CashConversation conversation, CancellationToken cancel)
    {
        var status = await _talk.StatusAsync();
        await HearAsync(conversation, (Id003Status)status.Code, status.Data);
        await EnableAsync((Id003Status)status.Code, _recovering || conversation.Item is not null);
        if (cancel.IsCancellationRequested) await Task.Delay(_options.Poll, Time, CancellationToken.None);
        else await Task.Delay(_options.Poll, Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Tells it what to take, when it has no note and knows how to listen.</summary>
    private async Task EnableAsync(Id003Status status, bool busy)
    {
        if (status is not (Id003Status.Idling or Id003Status.Disabled or Id003Status.Initializing)) return;
        var bits = busy || status == Id003Status.Initializing
            ? 0
            : Channels.Where(channel => _wanted.Contains(channel.Minor)).Aggregate(0, (all, channel) => all | (1 << (channel.Number - 1)));
        if (_enabled == bits && status != Id003Status.Initializing) return;

        // Shut while it is set; a bit that is set forbids.
        _enabled = null;
        if (await _talk.SetAsync(Inhibit, 1) is null) return;
        if (bits == 0 && status != Id003Status.Initializing)
        {
            _enabled = 0;
            return;
        }

        var forbidden = ~bits;
        if (await _talk.SetAsync(Denominations, (byte)forbidden, (byte)(forbidden >> 8)) is null || await _talk.SetAsync(Security, 0, 0) is null) return;
        await _talk.SetAsync(CommunicationMode, 0);
        if (bits == 0 || await _talk.SetAsync(Inhibit, 0) is not null) _enabled = bits;
    }

    private void Become(DeviceHealth health)
    {
        if (Health == health) return;
        Volatile.Write(ref _health, health);
        HealthChanged?.Invoke();
    }
}
