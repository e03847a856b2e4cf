using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Tests.Kioskctl;
using Kiosk.Firmware.Tests.Staff;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

public sealed class RotationTests : IDisposable
{
    private const int Events = 5_000;

    private readonly TestDirectory _directory = new();
    private readonly TestAuthority _authority;

    public RotationTests() => _authority = new(_directory.Path);

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Password_and_certificate_change_while_events_go_out_and_each_arrives_once_and_in_order()
    {
        var (passwords, ours) = (Path.Combine(_directory.Path, "passwords"), Path.Combine(_directory.Path, "password"));
        AtBroker(passwords, "first");
        TestAuthority.Write(ours, "first\n");
        var (certificate, key) = _authority.Issue("broker");
        var tls = _authority.Issue("hall");
        using var broker = new TestMosquitto(
            _directory.Path,
            $"per_listener_settings true\nallow_anonymous false\npassword_file {passwords}\ncertfile {certificate}\nkeyfile {key}\ncafile {_authority.File}\nrequire_certificate true\nlistener {StorePort} 127.0.0.1\nallow_anonymous true");
        broker.Start();
        await using var store = new Store(new("127.0.0.1", StorePort, Tls: false));
        await store.SubscribedAsync();

        var hall = new TestHall();
        await using var reporting = new Reporting(
            hall, () => (broker.Address with { Tls = true }, ""), "hall", tls: new(_authority.File, tls.Certificate, tls.Key), passwordFile: ours);
        var connections = 0;
        reporting.Client.StateChanged += state => _ = state is MqttState.Connected ? Interlocked.Increment(ref connections) : 0;
        using var watch = new CredentialWatch(reporting.Settings, reporting.Status, reporting.Client.Renew, new DataDirectory.UtcTime(), NullLogger<CredentialWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        await reporting.StartAsync();
        hall.Open();
        await store.UntilEventAsync(3);

        var taking = Task.Run(async () =>
        {
            for (var serial = 1; serial <= Events; serial++)
            {
                hall.Take(serial);
                if (serial % 10 == 0) await Task.Delay(1);
            }
        });
        await store.UntilEventAsync(500);
        _authority.Issue("hall"); // A key of its own: the old file of neither fits the new of the other.
        await reporting.UntilAsync(_ => Volatile.Read(ref connections) >= 2);
        await store.UntilEventAsync(1_000);
        AtBroker(passwords, "second");
        broker.Reload(); // Throws the host out.
        await reporting.UntilAsync(status => status.State is MqttState.Refused);
        Assert.True(hall.Journal.LastSeq < Events, "all events were made before the password was another one");
        TestAuthority.Write(ours, "second\n");
        await taking.WaitAsync(TestMosquitto.Watchdog);
        await store.UntilEventAsync(Events + 3);

        var first = store.Events.Distinct().ToList();
        Assert.Equal(Enumerable.Range(1, Events + 3).Select(seq => (1, (long)seq)), first);
        Assert.True(Volatile.Read(ref connections) >= 3);
        await reporting.UntilAsync(status => status is { Lag: 0, Worst: null });
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Half_a_pair_is_not_taken_and_is_spoken_of_when_it_stays_half()
    {
        var (certificate, key) = _authority.Issue("hall");
        using var watch = new Watched(new(_authority.File, certificate, key), null);
        var whole = await File.ReadAllTextAsync(key);
        TestAuthority.Write(key, whole[..20]);
        watch.Look();
        Assert.Null(watch.Status.Trouble);
        watch.Look(CredentialWatch.Patience);
        Assert.Contains($"There is nothing in {key} that can be used here", watch.Status.Trouble, StringComparison.Ordinal);
        Assert.Equal(0, watch.Renewed);

        TestAuthority.Write(key, whole);
        watch.Look();
        Assert.Null(watch.Status.Trouble);
        Assert.Equal(1, watch.Renewed);
    }

    [Theory]
    [InlineData(29, "ends on", "in 28 days", "put a new one with its key in its place")]
    [InlineData(-1, "ended on", "put a new one with its key in its place")]
    public void A_certificate_is_spoken_of_before_it_ends(int days, params string[] said)
    {
        var (certificate, key) = _authority.Issue("hall", until: TimeSpan.FromDays(days) + TimeSpan.FromMinutes(-5));
        using var watch = new Watched(new(_authority.File, certificate, key), null);
        watch.Look();
        foreach (var words in said) Assert.Contains(words, watch.Status.Trouble, StringComparison.Ordinal);
        Assert.Equal(ReportingFault.Credentials, watch.Status.Worst!.Fault);
    }

    [Fact]
    public void How_long_a_certificate_lasts_is_looked_at_every_day()
    {
        var (certificate, key) = _authority.Issue("hall", until: TimeSpan.FromDays(31) - TimeSpan.FromMinutes(5));
        using var watch = new Watched(new(_authority.File, certificate, key), null);
        watch.Look();
        Assert.Null(watch.Status.Trouble);
        watch.Look(TimeSpan.FromDays(2));
        Assert.Contains("in 28 days", watch.Status.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_others_can_read_is_spoken_of()
    {
        var (certificate, key) = _authority.Issue("hall");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        using var watch = new Watched(new(_authority.File, certificate, key), null);
        watch.Look();
        Assert.Equal($"The key {key} can be read or changed by others than its owner: chmod 600 {key}.", watch.Status.Trouble);
    }

    private static readonly int StorePort = TestMosquitto.AnyPort();

    private static void AtBroker(string file, string password) => File.WriteAllText(file, $"hall:{BrokerPassword.Hash(password, 101)}\n");

    /// <summary>A watch on a clock that is moved by hand.</summary>
    private sealed class Watched : IDisposable
    {
        private readonly HandClock _clock = new();
        private readonly CredentialWatch _watch;

        public Watched(MqttTls tls, string? passwordFile)
        {
            _watch = new(new(true, null, 0, "", "test-hall", "hall", passwordFile, "0.1.0") { Tls = tls }, Status, () => Renewed++, _clock, NullLogger<CredentialWatch>.Instance);
        }

        public MqttStatus Status { get; } = new();

        public int Renewed { get; private set; }

        public void Look(TimeSpan? later = null)
        {
            _clock.Advance(later ?? TimeSpan.Zero);
            _watch.LookOnce();
        }

        public void Dispose() => _watch.Dispose();
    }
}
