using System.Globalization;
using System.Text.Json;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store rebirth</c>: asks the hall to say its events and its state again.</summary>
internal sealed class StoreRebirth(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan StatusPatience = TimeSpan.FromSeconds(5);

    /// <param name="after">Null: from the last acknowledged one on.</param>
    public async Task<int> RunAsync(BrokerSettings broker, string? hall, long? after, CancellationToken cancel)
    {
        var topics = new Topics(hall is null ? await HallFinder.OnlyAsync(broker, time, cancel) : HallFinder.Checked(hall));
        await using var link = await BrokerLink.ConnectAsync(broker, time, cancel);
        var wish = "{}"u8.ToArray();
        var from = "what was acknowledged last";
        if (after is { } seq)
        {
            var epoch = await EpochAsync(link, topics, cancel);
            wish = PayloadJson.Bytes(new RebirthPayload(epoch, seq));
            from = string.Create(CultureInfo.InvariantCulture, $"event {seq} of epoch {epoch}");
        }

        await link.SayAsync(topics.Rebirth, wish, cancel);
        await output.WriteLineAsync($"asked {topics.Hall} to say again what comes after {from}");
        return ExitCode.Fine;
    }

    private async Task<int> EpochAsync(BrokerLink link, Topics topics, CancellationToken cancel)
    {
        await link.SubscribeAsync(topics.Status, cancel);
        using var patience = new CancellationTokenSource(StatusPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            while (true)
            {
                var message = await link.Inbox.ReadAsync(either.Token);
                if (message.Payload.Length > 0 && JsonSerializer.Deserialize(message.Payload, PayloadJson.Wire.StatusPayload) is { } status) return status.Epoch;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Trouble(ExitCode.Unavailable, $"{topics.Hall} says no status at the broker, so its epoch is not known: is its id right, and does the host report there?");
        }
        catch (JsonException bad)
        {
            throw new Trouble(ExitCode.Unavailable, $"What stands on {topics.Status} is no status ({bad.Message}): is the host of another version than kioskctl?", bad);
        }
    }
}
