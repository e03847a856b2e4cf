using System.Text.Json;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store send</c>: one command to the hall, and its answer.</summary>
internal sealed class StoreSend(TextWriter output, TimeProvider time)
{
    private const int LongestId = 64;

    /// <summary>Between two looks at the connection.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public async Task<int> RunAsync(
        BrokerSettings broker, string? hall, string action, IReadOnlyList<string> arguments, TimeSpan expires, string? id, bool json, CancellationToken cancel)
    {
        var args = CommandArguments.Of(arguments);
        if (id is not null && !Fits(id)) throw new Trouble(ExitCode.Usage, $"--id takes 1 to {LongestId} of A-Z a-z 0-9 . _ -, not \"{id}\".");
        id ??= $"ctl-{Guid.NewGuid():N}";
        var topics = new Topics(hall is null ? await HallFinder.OnlyAsync(broker, time, cancel) : HallFinder.Checked(hall));
        var command = new CommandPayload(id, action, time.GetUtcNow() + expires, args);

        await using var link = await BrokerLink.ConnectAsync(broker, time, cancel);
        var answer = await AskAsync(link, topics, broker, command, cancel);
        var said = JsonSerializer.Deserialize(answer, PayloadJson.Wire.AnswerPayload)!;
        await output.WriteLineAsync(json ? System.Text.Encoding.UTF8.GetString(answer) : Words(said));
        return said.Outcome == "done" ? ExitCode.Fine : ExitCode.Refused;
    }

    /// <summary>A connection that breaks does not lose the command: it goes out again with the same id, and is carried out once.</summary>
    private async Task<byte[]> AskAsync(BrokerLink link, Topics topics, BrokerSettings broker, CommandPayload command, CancellationToken cancel)
    {
        var (to, back) = broker.User is { } user ? (topics.CommandOf(user), topics.AnswerTo(user)) : (topics.Command, topics.Answer);
        using var patience = new CancellationTokenSource(command.Expires - time.GetUtcNow(), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        MqttState? sent = null;
        try
        {
            while (true)
            {
                if (link.State is MqttState.Connected connected && connected != sent)
                {
                    await link.SubscribeAsync(back, either.Token);
                    await link.SayAsync(to, PayloadJson.Bytes(command), either.Token);
                    sent = connected;
                }

                if (await AnswerAsync(link, back, command.Id, either.Token) is { } answer) return answer;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Trouble(ExitCode.Unavailable, sent is null
                ? $"The command could not be sent before it expired: the connection to {broker.Address} broke."
                : $"No answer from {topics.Hall} before the command expired: is the host running and connected, and are commands of {broker.User ?? "everybody"} allowed in its profile (mqtt.commands)? " +
                  $"It may still have been carried out: send it again with --id {command.Id}, then the hall says what it answered.");
        }
    }

    private async Task<byte[]?> AnswerAsync(BrokerLink link, string topic, string id, CancellationToken cancel)
    {
        using var look = new CancellationTokenSource(Look, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, look.Token);
        try
        {
            while (true)
            {
                var message = await link.Inbox.ReadAsync(either.Token);
                if (message.Topic == topic && Of(message.Payload, id)) return message.Payload;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Others may be answered on the same topic.</summary>
    private static bool Of(byte[] payload, string id)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, PayloadJson.Wire.AnswerPayload)?.Id == id;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Words(AnswerPayload answer)
    {
        var repeated = answer.Repeated ? " (answered before)" : "";
        var result = answer.Result is { ValueKind: not JsonValueKind.Null } told ? $"\n{JsonSerializer.Serialize(told, Json.Shape)}" : "";
        return $"{answer.Outcome}{repeated}: {answer.Message}{result}";
    }

    private static bool Fits(string id) => id.Length is > 0 and <= LongestId && id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_' or '-');
}
