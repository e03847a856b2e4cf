using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>The halls whose status a broker knows.</summary>
internal static class HallFinder
{
    private const string Filter = "qms/v1/+/status";

    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(3), NextPatience = TimeSpan.FromMilliseconds(300);

    /// <returns>The only one.</returns>
    /// <exception cref="Trouble">None, or several: it names them.</exception>
    public static async Task<string> OnlyAsync(BrokerSettings broker, TimeProvider time, CancellationToken cancel)
    {
        await using var link = await BrokerLink.ConnectAsync(broker, time, cancel);
        await link.SubscribeAsync(Filter, cancel);
        var halls = await HeardAsync(link, time, cancel);
        return halls switch
        {
            [var only] => only,
            [] => throw new Trouble(ExitCode.Unavailable, $"No hall says its status at {broker.Address}: does the host report there? Name the hall with --hall ID to wait for it."),
            _ => throw new Trouble(ExitCode.Usage, $"Several halls report at {broker.Address}: {string.Join(", ", halls)}. Name one with --hall ID."),
        };
    }

    /// <exception cref="Trouble">It is no id of a hall.</exception>
    public static string Checked(string hall) => hall.Length > 0 && hall.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-')
        ? hall
        : throw new Trouble(ExitCode.Usage, $"--hall takes the id of a hall as in its profile (a-z 0-9 -), not \"{hall}\".");

    private static async Task<List<string>> HeardAsync(BrokerLink link, TimeProvider time, CancellationToken cancel)
    {
        // Retained texts come at once, all in one go.
        var halls = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            using var patience = new CancellationTokenSource(halls.Count == 0 ? FirstPatience : NextPatience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            try
            {
                var message = await link.Inbox.ReadAsync(either.Token);
                if (message.Payload.Length > 0) halls.Add(message.Topic.Split('/')[2]);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return [.. halls];
            }
        }
    }
}
