using System.Threading.Channels;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>A connection for one errand: what goes wrong ends the command with a sentence.</summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int InboxMost = 10_000;

    private readonly MosquittoClient _client;
    private readonly BrokerSettings _settings;
    private readonly TimeProvider _time;
    private readonly Channel<MqttMessage> _inbox = Channel.CreateBounded<MqttMessage>(InboxMost);

    private BrokerLink(BrokerSettings settings, TimeProvider time)
    {
        (_settings, _time, _client) = (settings, time, settings.Client(time));
        _client.Received += message => _inbox.Writer.TryWrite(message);
    }

    /// <summary>What arrives on the topics that were subscribed.</summary>
    public ChannelReader<MqttMessage> Inbox => _inbox.Reader;

    public MqttState State => _client.State;

    /// <exception cref="Trouble">Nobody is there, or we are not let in.</exception>
    public static async Task<BrokerLink> ConnectAsync(BrokerSettings settings, TimeProvider time, CancellationToken cancel)
    {
        var link = new BrokerLink(settings, time);
        try
        {
            await link.ConnectedAsync(cancel);
            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="Trouble"/>
    public async Task ConnectedAsync(CancellationToken cancel)
    {
        var changed = Channel.CreateBounded<MqttState>(1);
        void Changed(MqttState state) => changed.Writer.TryWrite(state);
        _client.StateChanged += Changed;
        try
        {
            _client.Start();
            using var patience = new CancellationTokenSource(Patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            while (_client.State is not MqttState.Connected)
            {
                if (_client.State is MqttState.Refused refused) throw Refused(_settings, refused);
                await changed.Reader.ReadAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Trouble(ExitCode.Unavailable, $"No broker answers at {_settings.Address}{(_client.State is MqttState.Away away ? $" ({away.Reason.TrimEnd('.')})" : "")}: start it, or name another one with --broker.");
        }
        finally
        {
            _client.StateChanged -= Changed;
        }
    }

    /// <exception cref="Trouble">The broker denies it, or does not answer.</exception>
    public Task SubscribeAsync(string filter, CancellationToken cancel) => AskAsync(filter, "read", async () =>
    {
        await _client.SubscribeAsync(filter, cancel).WaitAsync(Patience, _time, cancel);
        return Acknowledgement.Taken;
    });

    /// <exception cref="Trouble">The broker denies it, or does not answer.</exception>
    public Task<Acknowledgement> SayAsync(string topic, byte[] payload, CancellationToken cancel) =>
        AskAsync(topic, "write", async () => await (await _client.SendAsync(topic, payload, retain: false, cancel)).WaitAsync(Patience, _time, cancel));

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    public static Trouble Refused(BrokerSettings settings, MqttState.Refused refused) => new(
        ExitCode.NoPermission, $"The broker {settings.Address} does not accept us: {refused.Reason.TrimEnd('.')}. Look at --user, --password-file, --ca, --cert and --key.");

    private async Task<Acknowledgement> AskAsync(string topic, string right, Func<Task<Acknowledgement>> ask)
    {
        try
        {
            return await ask();
        }
        catch (MqttDeniedException denied)
        {
            throw new Trouble(ExitCode.NoPermission, $"{denied.Message}. Give {_settings.User ?? "this client"} the right to {right} {topic} at the broker.", denied);
        }
        catch (TimeoutException silent)
        {
            throw new Trouble(ExitCode.Unavailable, $"The broker {_settings.Address} does not answer ({topic}).", silent);
        }
        catch (MqttAwayException away)
        {
            throw new Trouble(ExitCode.Unavailable, $"The connection to {_settings.Address} broke: try again.", away);
        }
    }
}
