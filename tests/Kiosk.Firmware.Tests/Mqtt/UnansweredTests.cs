using System.Text;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Web.Api;
using Kiosk.Mqtt;
using Kiosk.Ui;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static Kiosk.Firmware.Tests.Mqtt.TestMosquitto;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>Brokers that let the hall in, answer its pings, and then say nothing.</summary>
public sealed class UnansweredTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_broker_that_acknowledges_nothing_is_a_fault_until_it_does_and_every_event_comes_out_as_one(bool answersSubscriptions, bool open)
    {
        using var broker = new MuteBroker { AnswersSubscriptions = answersSubscriptions };
        var hall = new TestHall();
        if (open) hall.Open();
        await using var reporting = new Reporting(hall, broker.Address, answerPatience: TimeSpan.FromSeconds(1));
        var faults = new List<ReportingFault?>();
        await reporting.StartAsync();
        await reporting.UntilAsync(status => status.Worst is not null);
        reporting.Status.Changed += () =>
        {
            lock (faults) faults.Add(reporting.Status.Worst?.Fault);
        };
        if (open) hall.Take(1);
        await reporting.UntilAsync(_ => broker.Connections >= 3);
        Assert.Equal(ReportingFault.Unanswered, reporting.Status.Worst?.Fault);
        Assert.Contains($"{broker.Address} lets us in, and has not answered {(answersSubscriptions ? "" : "the subscription to ")}qms/v1/test-hall/", reporting.Status.Worst!.Said, StringComparison.Ordinal);
        Assert.Equal(open ? 4 : 0, reporting.Status.Lag);
        lock (faults) Assert.All(faults, fault => Assert.Equal(ReportingFault.Unanswered, fault));

        (broker.AnswersSubscriptions, broker.AnswersMessages) = (true, true);
        await reporting.UntilAsync(status => status is { Worst: null, Lag: 0, State: MqttState.Connected });
        if (!open) return;
        var events = broker.Heard.Where(message => message.Topic == Reporting.Topics.Events).ToList();
        Assert.Equal([1, 2, 3, 4], events.Select(one => Store.Place(one).Seq).Distinct());
        Assert.All(events.GroupBy(Store.Place), same => Assert.Single(same.Select(one => Plain(one.Payload)).Distinct()));
    }

    [Fact]
    public async Task A_message_without_acknowledgement_is_waited_for_as_long_as_a_broker_may_take_and_said_once()
    {
        using var broker = new MuteBroker();
        var clock = new Ahead();
        var log = new Lines();
        await using var client = new MosquittoClient(new("test") { BackOffLast = TimeSpan.FromMilliseconds(400), Patience = TimeSpan.FromMinutes(5), KeepAlive = TimeSpan.FromMinutes(5) }, () => (broker.Address, ""), clock, log);
        client.Start();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
            var sent = await client.SendAsync("t", new byte[1], false, CancellationToken.None);
            clock.Advance(TimeSpan.FromSeconds(17));
            await Task.Delay(TimeSpan.FromSeconds(1.2)); // More than one look of the client's thread.
            Assert.False(sent.IsCompleted);

            clock.Advance(TimeSpan.FromSeconds(3));
            await Assert.ThrowsAsync<MqttUnansweredException>(() => sent.WaitAsync(Watchdog));
            Assert.Equal("t", (await MosquittoClientTests.StateAsync<MqttState.Away>(client)).Unanswered);
        }

        broker.AnswersMessages = true;
        await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
        Assert.Equal(Acknowledgement.Taken, await (await client.SendAsync("t", new byte[1], false, CancellationToken.None)).WaitAsync(Watchdog));
        await log.UntilAsync("answers again");
        Assert.Single(log.Said, line => line.Contains("has not answered t for 20 s", StringComparison.Ordinal));
        Assert.Single(log.Said, line => line.StartsWith("Connected to the broker", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fault_has_its_sentence_for_the_guide_in_each_language()
    {
        foreach (var language in new[] { "zh-CN", "zh-TW", "en" })
        {
            var sentences = Enum.GetValues<ReportingFault>().Select(fault => Phrases.In(language).Say("guide.store." + HealthApi.Word(fault), "08:00", 7)).ToList();
            Assert.All(sentences, sentence => Assert.Contains("08:00", sentence, StringComparison.Ordinal));
            Assert.Equal(sentences.Count, sentences.Distinct().Count());
        }
    }

    // What was in the journal before the connection comes marked so; the event is the same.
    private static string Plain(byte[] payload) => Encoding.UTF8.GetString(payload).Replace("\"historical\":true,", "", StringComparison.Ordinal).Replace(",\"historical\":true", "", StringComparison.Ordinal);

    private sealed class Ahead : TimeProvider
    {
        private long _ahead;

        public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _ahead);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));
    }

    private sealed class Lines : ILogger<MosquittoClient>
    {
        private readonly List<string> _said = [];

        public IReadOnlyList<string> Said
        {
            get
            {
                lock (_said) return [.. _said];
            }
        }

        public async Task UntilAsync(string words)
        {
            using var watchdog = new CancellationTokenSource(Watchdog);
            while (!Said.Any(line => line.Contains(words, StringComparison.Ordinal))) await Task.Delay(20, watchdog.Token);
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullScope;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_said) _said.Add(formatter(state, exception));
        }

        private static IDisposable? NullScope => NullLogger.Instance.BeginScope("");
    }
}
