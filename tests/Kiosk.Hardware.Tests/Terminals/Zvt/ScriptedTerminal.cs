using Kiosk.Hardware.Terminals;
using Kiosk.Hardware.Terminals.Zvt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>The far end of a link in memory, played by the test message by message.</summary>
internal sealed class ScriptedTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private readonly MemoryLink _link;
    private readonly CancellationTokenSource _stop = new();

    public ScriptedTerminal(string options = """{"currency": "EUR"}""")
    {
        _link = new MemoryLink(new PlainFraming(), Clock);
        Device = new ZvtTerminal(
            _link, new PlainFraming(), ZvtOptions.Of(new DeviceSettings("under-test", "zvt", "emulated:", JsonText.Parse(options))), "123456",
            new DriverServices(Clock, NullLogger.Instance));
    }

    public SteppedClock Clock { get; } = new();

    public ZvtTerminal Device { get; }

    public Task Running { get; private set; } = Task.CompletedTask;

    public CardLedger Ledger { get; } = new();

    /// <summary>How often 06 01 was heard.</summary>
    public int Authorisations { get; private set; }

    /// <summary>Of 04 0F: result, amount, receipt and what else is given, in hexadecimal.</summary>
    public static string Status(string? result, long? amount = 4210, int? receipt = 8, string more = "29 52500038 49 0978") =>
        (result is null ? "" : $"27 {result}") + (amount is null ? "" : $" 04 {amount:000000000000}") + (receipt is null ? "" : $" 87 {receipt:0000}") + " " + more;

    public async Task<ScriptedTerminal> RegisteredAsync()
    {
        var starting = Device.StartAsync(default);
        await ExpectAsync("06 00 06 123456 38 0978");
        Say("80 00 00");
        Say("06 0F", "19 00 29 52500038 49 0978");
        await ExpectAsync("80 00 00");
        await starting.WaitAsync(Watchdog);
        Running = Device.RunAsync(_stop.Token);
        return this;
    }

    /// <summary>Registered, and 06 01 was sent.</summary>
    public async Task<Task<CardOutcome>> PayAsync(CancellationToken abort = default, CancellationToken cancel = default)
    {
        var paying = Device.PayAsync(new CardAmount(4210, "EUR"), Ledger, abort, cancel);
        await ExpectAsync("06 01 0E 04 000000004210 49 0978 01 1E 02 0F");
        return paying;
    }

    /// <summary>The same, and the terminal took it: running.</summary>
    public async Task<Task<CardOutcome>> RunningAsync(CancellationToken abort = default, CancellationToken cancel = default)
    {
        var paying = await PayAsync(abort, cancel);
        Say("80 00 00");
        return paying;
    }

    /// <param name="data">Hexadecimal, behind a length made from it; null where the message has it already.</param>
    public void Say(string command, string? data = null)
    {
        var head = Bytes(command);
        _link.Say(data is null ? head : Apdu.Of((ushort)((head[0] << 8) | head[1]), Bytes(data)).ToBytes());
    }

    public void SayRaw(byte[] bytes) => _link.Say(bytes);

    /// <summary>Throws away what the host said since, and counts its 06 01.</summary>
    public int FurtherAuthorisations()
    {
        var found = 0;
        while (_link.Heard.TryRead(out var sign)) found += sign is WireSign.Message { Apdu.Command: ZvtProtocol.Authorise } ? 1 : 0;
        return found;
    }

    /// <summary>The next message of the host.</summary>
    public async Task ExpectAsync(string hex)
    {
        var heard = Assert.IsType<WireSign.Message>(await _link.Heard.ReadAsync().AsTask().WaitAsync(Watchdog)).Apdu;
        if (heard.Command == ZvtProtocol.Authorise) Authorisations++;
        Assert.Equal(Convert.ToHexString(Bytes(hex)), Convert.ToHexString(heard.ToBytes()));
    }

    /// <summary>The host has nothing more to say.</summary>
    public void ExpectNothing() => Assert.False(_link.Heard.TryRead(out var more), more?.ToString());

    public void Break() => _link.Break();

    /// <summary>T4 passes without a sign of life.</summary>
    public async Task FallSilentAsync(int seconds = 181)
    {
        // What was said before has to be heard first: there is nothing to be seen of that.
        await Task.Delay(100);
        Clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    public async Task<DeviceLostException> LostAsync() => await Assert.ThrowsAsync<DeviceLostException>(() => Running.WaitAsync(Watchdog));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Device.DisposeAsync();
        _stop.Dispose();
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
