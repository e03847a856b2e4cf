using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <summary>Takes commands from the inbox to the desk and the answers to the store. A command that fails is one answer; the next goes on.</summary>
internal sealed partial class CommandWorker(CommandInbox inbox, CommandDesk desk, IMqttClient client, MqttStatus status, TimeProvider time, ILogger<CommandWorker> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var incoming in inbox.ReadAsync(stoppingToken))
            {
                var answer = await HandleAsync(incoming, stoppingToken);
                LogAnswered(answer.Payload.Id ?? "?", incoming.User, answer.Payload.Outcome, answer.Payload.Message);
                await AnswerAsync(answer, stoppingToken);
                answer.After?.Invoke();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; who got no answer repeats the command.
        }
    }

    private async Task<CommandAnswer> HandleAsync(Incoming incoming, CancellationToken cancel)
    {
        try
        {
            return await desk.HandleAsync(incoming, cancel);
        }
        catch (Exception defect) when (defect is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // A defect in one action takes neither the next command nor the host with it.
            LogDefect(defect);
            return desk.Failed(incoming);
        }
    }

    private async Task AnswerAsync(CommandAnswer answer, CancellationToken cancel)
    {
        var payload = PayloadJson.Bytes(answer.Payload);
        while (time.GetUtcNow() < answer.Until)
        {
            try
            {
                await (await client.SendAsync(answer.Topic, payload, retain: false, cancel)).WaitAsync(cancel);
                status.Say("answers", null);
                status.Answered(answer.Topic);
                return;
            }
            catch (MqttAwayException)
            {
                await Task.Delay(TryAgain, time, cancel);
            }
            catch (MqttDeniedException denied)
            {
                status.Say("answers", denied.Message, ReportingFault.Denied);
                return;
            }
        }

        // Nobody waits for it any more: whether the broker takes answers shows at the next one.
        status.Answered(answer.Topic);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A command of the store met a defect")]
    private partial void LogDefect(Exception defect);

    [LoggerMessage(Level = LogLevel.Information, Message = "Command {Id} of {User} at the store: {Outcome}. {Message}")]
    private partial void LogAnswered(string id, string user, string outcome, string message);
}
