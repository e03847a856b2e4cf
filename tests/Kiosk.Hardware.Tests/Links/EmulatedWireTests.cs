using System.Text;
using System.Text.Json;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;
using Kiosk.Hardware.Tests.Printers;

namespace Kiosk.Hardware.Tests.Links;

/// <summary>A device that answers each <c>?</c> with <c>abc</c>, on its own port and at the end of a pseudo-terminal.</summary>
[Collection("pseudo-terminals")]
public sealed class EmulatedWireTests : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10), Second = TimeSpan.FromSeconds(1);
    private readonly ManualTime _time = new();
    private readonly Parrot _parrot = new();
    private readonly EmulatedWire _wire;
    private PseudoTerminal? _cable;
    private Task _serving = Task.CompletedTask;

    public EmulatedWireTests() => _parrot.Wire = _wire = new EmulatedWire(_parrot, _time) { Rubbish = "#"u8.ToArray() };

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        if (_cable is not null) await _cable.DisposeAsync();
        await _serving.WaitAsync(Watchdog);
    }

    [Theory]
    [InlineData("tcp", "none", "abcabc")]
    [InlineData("pty", "none", "abcabc")]
    [InlineData("tcp", "split", "abcabc")]
    [InlineData("pty", "split", "abcabc")]
    [InlineData("tcp", "noise", "#abc#abc")]
    [InlineData("pty", "garbage", "##")]
    public async Task Answers_arrive_as_the_wire_makes_them(string kind, string mode, string heard)
    {
        await using var host = await OpenAsync(kind);
        Do("misbehave", new { mode });

        await SayAsync(host, "??");
        Assert.Equal(heard, await HearAsync(host, heard.Length));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public async Task Joined_answers_come_in_one_read(string kind)
    {
        await using var host = await OpenAsync(kind);
        Do("misbehave", new { mode = "joined", milliseconds = 500 });
        await SayAsync(host, "?");
        await _parrot.HeardAsync(1);
        await SayAsync(host, "?");
        await _parrot.HeardAsync(2);

        var buffer = new byte[64];
        Assert.Equal(6, await _time.PassUntilAsync(host.ReadAsync(buffer, Second * 30, default)));
    }

    [Fact]
    public async Task Late_answer_comes_with_the_next_question_or_after_its_time()
    {
        await using var host = await OpenAsync("tcp");
        Do("misbehave", new { mode = "late" });
        await SayAsync(host, "?");
        await _parrot.HeardAsync(1);
        var hearing = HearAsync(host, 3);
        await SayAsync(host, "!");
        Assert.Equal("abc", await hearing);

        Do("misbehave", new { mode = "late", milliseconds = 3000 });
        await SayAsync(host, "?");
        var (before, late) = (_time.GetUtcNow(), HearAsync(host, 3));
        Assert.Equal("abc", await _time.PassUntilAsync(late));
        Assert.True(_time.GetUtcNow() - before >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Silent_device_hears_everything_and_answers_nothing()
    {
        await using var host = await OpenAsync("tcp");
        Do("silence", new { on = true });
        await SayAsync(host, "???");
        await _parrot.HeardAsync(3);

        Do("silence", new { on = false });
        await SayAsync(host, "?");
        Assert.Equal("abc", await HearAsync(host, 3));
        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(host.ReadAsync(new byte[1], Second, default)));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public async Task Deaf_device_fills_the_wire_until_the_hosts_write_ends_at_its_deadline_and_then_goes_on(string kind)
    {
        await using var host = await OpenAsync(kind);
        Do("misbehave", new { mode = "deaf" });

        async Task<int> WriteAsync()
        {
            await host.WriteAsync(new byte[32_000_000], Second, default);
            return 0;
        }

        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(WriteAsync()));
        Assert.Equal(0, _parrot.Heard);
        Do("misbehave", new { mode = "none" });
        await _parrot.HeardAsync(1);
    }

    [Theory]
    [InlineData("tcp", 0)]
    [InlineData("tcp", 5)]
    [InlineData("pty", 5)]
    public async Task Power_lost_after_so_many_bytes_received(string kind, int bytes)
    {
        await using var host = await OpenAsync(kind);
        Do("misbehave", new { mode = "reset-after", bytes });

        await SayAsync(host, "!!!!!!!!");
        await LostAsync(host);
        Assert.Equal((bytes, 1), (_parrot.Heard, _parrot.PowerLosses));
    }

    // Not over a pseudo-terminal: that drops what nobody has read when its far end closes.
    [Theory]
    [InlineData("tcp", 0, "")]
    [InlineData("tcp", 4, "abca")]
    [InlineData("tcp", 6, "abcabc")]
    public async Task Power_lost_between_two_bytes_of_an_answer(string kind, int bytes, string heard)
    {
        await using var host = await OpenAsync(kind);
        Do("misbehave", new { mode = "loss-after", bytes });

        await SayAsync(host, "??????");
        Assert.Equal(heard, await HearAsync(host, bytes));
        await LostAsync(host);
        Assert.Equal(1, _parrot.PowerLosses);
        await using var again = await OpenAsync("tcp");
        await SayAsync(again, "?");
        Assert.Equal("abc", await HearAsync(again, 3));
    }

    [Fact]
    public async Task Device_without_power_refuses_and_is_found_at_the_same_port_when_it_is_back()
    {
        var port = _wire.Port;
        Do("power", new { state = "off" });
        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => OpenAsync("tcp"))).Fault);

        Do("power", new { state = "on" });
        await using var host = await OpenAsync("tcp");
        Assert.Equal(port, _wire.Port);
        Assert.Equal(1, _parrot.PowerLosses);
    }

    [Theory]
    [InlineData("misbehave", """{"mode":"rude"}""", "argument \"mode\" is \"rude\"; allowed: none, split, joined, late, noise, garbage, deaf, reset-after, loss-after, moult")]
    [InlineData("misbehave", """{"mode":"loss-after"}""", "argument \"bytes\" is missing; with loss-after allowed: 0 to 1000000")]
    [InlineData("misbehave", """{"mode":"late","milliseconds":0}""", "argument \"milliseconds\" is 0; allowed: 1 to 60000")]
    [InlineData("power", "{}", "argument \"state\" is missing; allowed: on, off")]
    [InlineData("fly", "{}", "control \"fly\" is unknown; allowed: power, silence, misbehave")]
    public void Wrong_control_is_refused_with_what_is_allowed(string control, string arguments, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(() => _wire.Do(control, JsonDocument.Parse(arguments).RootElement, _wire.Controls, _ => () => { })).Message, StringComparison.Ordinal);

    [Fact]
    public void Way_to_misbehave_that_only_the_device_knows_reaches_it_and_is_described()
    {
        Do("misbehave", new { mode = "moult" });
        Assert.Equal(("moult", "moult"), (_parrot.Own, _wire.Describe([])["misbehave"]!.ToString()));

        lock (_wire.Gate) _wire.Reset();
        Assert.Equal((null, "none"), (_parrot.Own, _wire.Describe([])["misbehave"]!.ToString()));
    }

    private void Do(string control, object arguments) =>
        _wire.Do(control, JsonSerializer.SerializeToElement(arguments), _wire.Controls, _ => throw new InvalidOperationException("not the wire's"));

    private async Task<ByteLink> OpenAsync(string kind)
    {
        if (kind == "tcp") return await Connected(await _wire.Address.OpenAsync(_time, default));
        _cable = new PseudoTerminal(_time);
        _serving = _wire.ServeAsync(_cable.Far, default);
        Assert.True(ByteLinkAddress.TryParse($"serial://{_cable.Path}?baud=115200", out var address, out var message), message);
        return await Connected(await address.OpenAsync(_time, default));
    }

    private async Task<ByteLink> Connected(ByteLink link)
    {
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (_wire.Connected) served.TrySetResult();
        }

        _wire.Changed += Look;
        Look();
        await served.Task.WaitAsync(Watchdog);
        _wire.Changed -= Look;
        return link;
    }

    private static Task SayAsync(ByteLink link, string text) => link.WriteAsync(Encoding.ASCII.GetBytes(text), Timeout.InfiniteTimeSpan, default).WaitAsync(Watchdog);

    private static async Task<string> HearAsync(ByteLink link, int count)
    {
        var buffer = new byte[count];
        for (var read = 0; read < count;) read += await link.ReadAsync(buffer.AsMemory(read), Timeout.InfiniteTimeSpan, default).WaitAsync(Watchdog);
        return Encoding.ASCII.GetString(buffer);
    }

    private static Task LostAsync(ByteLink link) =>
        Assert.ThrowsAsync<DeviceLostException>(() => link.ReadAsync(new byte[1], Timeout.InfiniteTimeSpan, default).WaitAsync(Watchdog));

    private sealed class Parrot : IWiredDevice
    {
        private readonly Dictionary<int, TaskCompletionSource> _waiting = [];

        public EmulatedWire? Wire { get; set; }

        public int Heard { get; private set; }

        public int PowerLosses { get; private set; }

        public string? Own { get; private set; }

        IReadOnlyList<string> IWiredDevice.OwnMisbehaviour => ["moult"];

        public void Receive(byte value)
        {
            Heard++;
            if (value == '?') Wire!.Send("abc"u8);
            foreach (var (count, waiting) in _waiting)
            {
                if (Heard >= count) waiting.TrySetResult();
            }
        }

        public void LosePower() => PowerLosses++;

        public void Misbehave(string? own) => Own = own;

        public Task HeardAsync(int count)
        {
            lock (Wire!.Gate)
            {
                if (Heard >= count) return Task.CompletedTask;
                _waiting[count] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _waiting[count].Task.WaitAsync(Watchdog);
            }
        }
    }
}
