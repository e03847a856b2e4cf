using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store compare</c>: brings the copy up to date and says whether it and the hall agree.</summary>
internal sealed class StoreCompare(TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <summary>For the first retained text, for the copy to get on at all, and for texts that are behind.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100), Quiet = TimeSpan.FromMilliseconds(500);

    public async Task<int> RunAsync(BrokerSettings broker, string? hall, string? db, CancellationToken cancel)
    {
        var id = hall is null ? await HallFinder.OnlyAsync(broker, time, cancel) : HallFinder.Checked(hall);
        var path = Path.GetFullPath(db ?? StorePlaces.Of(id));
        await errors.WriteLineAsync($"hall {id} at {broker.Address}; the copy is in {path}");
        using var file = StoreFile.Open(path);
        try
        {
            return await CompareAsync(broker, file, new(id), cancel);
        }
        catch (Microsoft.Data.Sqlite.SqliteException failed)
        {
            throw StoreFile.Unusable(path, failed);
        }
    }

    private async Task<int> CompareAsync(BrokerSettings broker, StoreFile file, Topics topics, CancellationToken cancel)
    {
        var texts = new RetainedTexts(topics);
        await using var client = broker.Client(time);
        client.Received += texts.Hear;
        var copy = new StoreCopy(client, file, topics.Hall, new(Acknowledge: false), time);
        copy.Noticed += notice => errors.WriteLine($"kioskctl: {notice}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = copy.RunAsync(stop.Token);
        try
        {
            await CaughtUpAsync(broker, copy, stop.Token);
            await client.SubscribeAsync(texts.Filter, stop.Token).WaitAsync(Patience, time, stop.Token);
            var place = copy.View.Place;
            await HeardAsync(texts, stop.Token);

            // The copy's own connection to its file is at work: this one only reads.
            using var reading = StoreFile.OpenToRead(file.Path);
            var comparison = new HallComparison(reading, topics);
            await AlikeAsync(comparison, texts, place, stop.Token);
            var held = texts.Latest;
            await ReachedAsync(copy, held, stop.Token);
            return await SayAsync(comparison, held, place);
        }
        catch (MqttException failed)
        {
            throw new Trouble(failed is MqttDeniedException ? ExitCode.NoPermission : ExitCode.Unavailable, $"{failed.Message}: the retained texts of {topics.Hall} cannot be read.", failed);
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    /// <summary>As long as it gets on, it may take its time.</summary>
    private async Task CaughtUpAsync(BrokerSettings broker, StoreCopy copy, CancellationToken cancel)
    {
        while (copy.View is var before && !before.CaughtUp)
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            try
            {
                await copy.UntilAsync(view => view.CaughtUp || view.Place != before.Place || view.Connection is MqttState.Refused, either.Token);
                if (copy.View.Connection is MqttState.Refused refused) throw BrokerLink.Refused(broker, refused);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new Trouble(ExitCode.Unavailable, copy.View switch
                {
                    { Trouble: { } trouble } => trouble,
                    { Connection: not MqttState.Connected } view => $"No broker answers at {broker.Address}{(WatchLine.Why(view) is { } why ? $" ({why.TrimEnd('.')})" : "")}.",
                    { Word.Latest: null } => $"{copy.View.Hall} says no status at {broker.Address}: is its id right, and does the host report there?",
                    var view => $"The copy is at {view.Place} and gets no further; the hall is at {view.Known}. Is the host running and connected?",
                });
            }
        }
    }

    /// <summary>Until the broker has said what it keeps.</summary>
    private async Task HeardAsync(RetainedTexts texts, CancellationToken cancel)
    {
        var (began, count) = (time.GetTimestamp(), -1);
        while (texts.Latest.Count != count || (count == 0 && time.GetElapsedTime(began) < Patience))
        {
            count = texts.Latest.Count;
            await Task.Delay(Quiet, time, cancel);
        }
    }

    /// <summary>A hall that is at work shows its texts a moment after its events: those that are older than the copy's state may still come.</summary>
    private async Task AlikeAsync(HallComparison comparison, RetainedTexts texts, CopyPlace place, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Patience && comparison.Behind(texts.Latest, place).Count > 0) await Task.Delay(Look, time, cancel);
    }

    /// <summary>And a text can be ahead of the events.</summary>
    private async Task ReachedAsync(StoreCopy copy, IReadOnlyDictionary<string, byte[]> texts, CancellationToken cancel)
    {
        var last = texts.Values.Select(text => RetainedTexts.PlaceOf(text) ?? default).DefaultIfEmpty().Max();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await copy.UntilAsync(view => view.Place.CompareTo(last) >= 0, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Trouble(ExitCode.Unavailable, $"The hall's texts are as of {last}, and the copy gets no further than {copy.View.Place}. Is the host running and connected?");
        }
    }

    private async Task<int> SayAsync(HallComparison comparison, IReadOnlyDictionary<string, byte[]> texts, CopyPlace place)
    {
        if (texts.Count == 0)
            throw new Trouble(ExitCode.Unavailable, "The broker sends no retained text of the hall: does it keep retained messages for subscriptions with # (RabbitMQ does not), and has the hall ever reported there?");

        List<string> differences = [.. comparison.Differences(texts), .. comparison.Behind(texts, place).Select(topic => $"{topic}: the hall has not shown what changed up to {place}")];
        foreach (var difference in differences) await output.WriteLineAsync(difference);
        await output.WriteLineAsync(differences.Count == 0
            ? $"{texts.Count} texts: copy and hall agree, at {place} and later"
            : $"{texts.Count} texts: copy and hall DIFFER in {differences.Count}");
        return differences.Count == 0 ? ExitCode.Fine : ExitCode.Differs;
    }
}
