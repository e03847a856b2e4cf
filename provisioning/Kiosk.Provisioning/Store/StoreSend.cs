using System.Text.Json;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store send</c>: one command to the hall, and its answer.</summary>
internal sealed class StoreSend(TextWriter output, TimeProvider time)
{
    private const int LongestId = 50;

    /// <summary>Between two looks at the connection; before the command goes out again to a hall that was not there, and to one that may not have heard it.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200), AgainUnheard = TimeSpan.FromSeconds(1), Again = TimeSpan.FromSeconds(5);

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

    /// <summary>Whatever breaks does not lose the command: it goes out again with the same id, and is carried out once.</summary>
    private async Task<byte[]> AskAsync(BrokerLink link, Topics topics, BrokerSettings broker, CommandPayload command, CancellationToken cancel)
    {
        var (to, back) = broker.User is { } user ? (topics.CommandOf(user), topics.AnswerTo(user)) : (topics.Command, topics.Answer);
        var left = command.Expires - time.GetUtcNow();
        if (left <= TimeSpan.Zero) throw new Trouble(ExitCode.Unavailable, $"The command could not be sent before it expired: {broker.Address} let us in too late. Send it again, with more seconds in --expires.");

        using var patience = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var (sent, sentAt, heard, ever) = ((MqttState?)null, 0L, false, false);
        try
        {
            while (true)
            {
                if (link.State is MqttState.Connected connected && (connected != sent || time.GetElapsedTime(sentAt) > (heard ? Again : AgainUnheard)))
                {
                    heard = await SayAsync(link, connected == sent ? null : back, to, command, either.Token);
                    (sent, sentAt, ever) = (connected, time.GetTimestamp(), ever || heard);
                }

                if (await AnswerAsync(link, back, command.Id, either.Token) is { } answer) return answer;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Trouble(ExitCode.Unavailable, sent is null
                ? $"The command could not be sent before it expired: the connection to {broker.Address} broke."
                : !ever ? $"Nobody listens to commands of {topics.Hall} at {broker.Address}: is its id right, and is the host connected there? The command has expired."
                : $"No answer from {topics.Hall} before the command expired: is the host running and connected, and are commands of {broker.User ?? "store"} allowed in its profile (mqtt.commands)? " +
                  $"It may still have been carried out: send it again with --id {command.Id}, then the hall says what it answered.");
        }
    }

    /// <param name="back">Where the answer comes, on a connection that has not subscribed it yet.</param>
    /// <returns>Whether somebody may have heard it.</returns>
    private static async Task<bool> SayAsync(BrokerLink link, string? back, string to, CommandPayload command, CancellationToken cancel)
    {
        try
        {
            if (back is not null) await link.SubscribeAsync(back, cancel);
            return await link.SayAsync(to, PayloadJson.Bytes(command), cancel) == Acknowledgement.Taken;
        }
        catch (Trouble broken) when (broken.InnerException is MqttAwayException)
        {
            // It may have arrived or not; the next connection says it again.
            return true;
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
