using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Terminals;
using Kiosk.Hardware.Terminals.Zvt;
using Kiosk.Hardware.Terminals.Zvt.Emulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>One emulated terminal that is cut off again and again, and the ledger's side of it.</summary>
internal sealed class CutBench : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);
    private static readonly CardAmount Bill = new(4210, "EUR");

    private readonly ZvtOptions _options;
    private readonly SteppedClock _clock = new();
    private readonly ZvtEmulator _emulator;
    private readonly SerialCable? _cable;
    private readonly Dictionary<string, int> _tally = [];
    private int _newest;

    public CutBench(string options, bool serial)
    {
        _options = ZvtOptions.Of(new DeviceSettings("under-test", "zvt", "emulated:", JsonText.Parse(options)));
        _emulator = new ZvtEmulator(_options, _clock);
        if (serial) _cable = new SerialCable((emulator, link) => ((ZvtEmulator)emulator).ServeAsync(link, default));
    }

    /// <summary>How the cut ones ended, and after how many questions.</summary>
    public string Tally => string.Join(", ", _tally.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>Once without a cut, so that a receipt is known; then after 0, 1, 2 … bytes until the work is done before the cut comes.</summary>
    /// <param name="work">Returns whether the cut came.</param>
    public async Task<int> CutEverywhereAsync(string cut, Func<int, Task<bool>> work)
    {
        Assert.False(await PayAsync(1_000_000, cut, "ok", CardVerdict.Commit));
        for (var bytes = 0; ; bytes++)
        {
            Assert.True(bytes < 2000, "the work never came to its end");
            if (!await work(bytes)) return bytes;
        }
    }

    public async Task<bool> PayAsync(int bytes, string cut, string card, CardVerdict verdict)
    {
        var (ledger, before, booked) = (new CardLedger { Decide = _ => Task.FromResult(verdict) }, _newest, Booked);
        Do("card", $$"""{"result": "{{card}}"}""");
        CardOutcome outcome;
        bool came;
        await using (var opened = await OpenAsync(bytes, cut))
        {
            outcome = await opened.Terminal.PayAsync(Bill, ledger, default, default).WaitAsync(Watchdog);
            came = await opened.CutCameAsync();
        }

        Do("remove");
        await RestoreAsync(came);
        if (!came) Assert.IsNotType<CardOutcome.Unknown>(outcome);
        var asked = outcome is CardOutcome.Unknown ? "asked: " : "at once: ";
        var doubt = new CardDoubt(Bill, before, ledger.Slip, ledger.Verdict == CardVerdict.Commit, "52500038");
        if (outcome is CardOutcome.Unknown) outcome = await SettleAsync(doubt);
        _newest = ledger.Slip?.Receipt ?? (outcome as CardOutcome.Paid)?.Slip.Receipt ?? _newest;
        Count(asked, outcome);

        Assert.Equal(outcome is CardOutcome.Paid ? booked + 1 : outcome is CardOutcome.Unknown ? Booked : booked, Booked);
        Assert.InRange(Booked - booked, 0, 1);
        if (outcome is CardOutcome.Unknown) TakeOff();
        return came;
    }

    public async Task<bool> ReverseAsync(int bytes, string cut)
    {
        Assert.False(await PayAsync(1_000_000, "reset-after", "ok", CardVerdict.Commit));
        var (booked, doubt) = (Booked, new CardDoubt(Bill, null, SlipOfLast(), Stands: false));
        CardOutcome outcome;
        bool came;
        await using (var opened = await OpenAsync(bytes, cut))
        {
            outcome = await opened.Terminal.SettleAsync(doubt, new CardLedger(), default).WaitAsync(Watchdog);
            came = await opened.CutCameAsync();
        }

        await RestoreAsync(came);
        var asked = outcome is CardOutcome.Unknown ? "asked: " : "at once: ";
        if (outcome is CardOutcome.Unknown) outcome = await SettleAsync(doubt);
        Count(asked, outcome);
        Assert.True(outcome is CardOutcome.Reversed or CardOutcome.NotPaid, $"after {bytes} bytes: {outcome}");
        Assert.Equal(booked - 1, Booked);
        return came;
    }

    public async Task<bool> CloseDayAsync(int bytes, string cut)
    {
        Assert.False(await PayAsync(1_000_000, "reset-after", "ok", CardVerdict.Commit));
        var booked = Booked;
        CardTotals? totals;
        bool came;
        await using (var opened = await OpenAsync(bytes, cut))
        {
            totals = await opened.Terminal.EndOfDayAsync(default).WaitAsync(Watchdog);
            came = await opened.CutCameAsync();
        }

        await RestoreAsync(came);
        if (totals is null)
        {
            await using var again = await OpenAsync();
            var later = await again.Terminal.EndOfDayAsync(default).WaitAsync(Watchdog);
            Assert.NotNull(later);
            _tally["closed at the second time"] = _tally.GetValueOrDefault("closed at the second time") + 1;
        }

        Assert.Equal(booked, Booked);
        return came;
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        if (_cable is not null) await _cable.DisposeAsync();
    }

    private int Booked => _emulator.Look()["receipts"]!.AsArray().Count(receipt => (string)receipt!["state"]! == "booked");

    private void Do(string control, string arguments = "{}") => _emulator.Do(control, JsonText.Parse(arguments));

    private void Count(string asked, CardOutcome outcome) => _tally[asked + outcome.GetType().Name] = _tally.GetValueOrDefault(asked + outcome.GetType().Name) + 1;

    private CardSlip SlipOfLast() => new(Bill, "52500038", _newest, 0, "", "", "");

    /// <summary>Staff settle what stays unknown: it must not count for the next one.</summary>
    private void TakeOff() => _newest = _emulator.Look()["receipts"]!.AsArray().Max(receipt => (int)receipt!["number"]!);

    private async Task<CardOutcome> SettleAsync(CardDoubt doubt)
    {
        await using var opened = await OpenAsync();
        return await opened.Terminal.SettleAsync(doubt, new CardLedger(), default).WaitAsync(Watchdog);
    }

    private async Task RestoreAsync(bool came)
    {
        Do("misbehave", """{"mode": "none"}""");
        if (!came) return;
        await SeeAsync(look => !(bool)look["connected"]!);
    }

    private async Task<Opened> OpenAsync(int bytes = 0, string? cut = null)
    {
        ByteLink link;
        if (_cable is null) link = await _emulator.Address.OpenAsync(_clock, default);
        else
        {
            Assert.True(ByteLinkAddress.TryParse(await _cable.LinkAsync(_emulator, _clock), out var address, out var mistake), mistake);
            link = await address.OpenAsync(_clock, default);
        }

        var scissors = new CutLink(link, _clock, oneByOne: cut == "link-heard");
        var services = new DriverServices(_clock, NullLogger.Instance);
        var terminal = new ZvtTerminal(scissors, _cable is null ? new PlainFraming() : new DleFraming(), _options, "000000", services);
        await terminal.StartAsync(default).WaitAsync(Watchdog);

        // The answer to the end of the registration is still on its way: it must not count.
        await SeeAsync(look => (string)look["state"]! == "idle");
        switch (cut)
        {
            case "link-sent": scissors.SentLeft = bytes; break;
            case "link-heard": scissors.HeardLeft = bytes; break;
            case not null: Do("misbehave", $$"""{"mode": "{{cut}}", "bytes": {{bytes}}}"""); break;
            default: break;
        }

        return new Opened(terminal, () => CutCameAsync(cut, scissors));
    }

    /// <summary>The last answer of the host may still be on its way to the terminal.</summary>
    private async Task<bool> CutCameAsync(string? cut, CutLink scissors)
    {
        if (cut is not ("reset-after" or "loss-after")) return scissors.Cut;
        await SeeAsync(look => (string)look["misbehave"]! == "none" || (string)look["state"]! == "idle");
        return (string)_emulator.Look()["misbehave"]! == "none";
    }

    private async Task SeeAsync(Func<JsonObject, bool> expected)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (expected(_emulator.Look())) seen.TrySetResult();
        }

        _emulator.Changed += Look;
        Look();
        await seen.Task.WaitAsync(Watchdog);
        _emulator.Changed -= Look;
    }

    private sealed class Opened(ZvtTerminal terminal, Func<Task<bool>> cutCame) : IAsyncDisposable
    {
        public ZvtTerminal Terminal => terminal;

        public Task<bool> CutCameAsync() => cutCame();

        public ValueTask DisposeAsync() => terminal.DisposeAsync();
    }

    /// <summary>A link that is cut after so many bytes; the terminal behind it goes on.</summary>
    /// <param name="oneByOne">A read that is under way when the scissors are set must not bring more than they allow.</param>
    private sealed class CutLink(ByteLink inner, TimeProvider time, bool oneByOne) : ByteLink(inner.Address, time)
    {
        public int SentLeft { get; set; } = int.MaxValue;

        public int HeardLeft { get; set; } = int.MaxValue;

        public bool Cut { get; private set; }

        public override ValueTask DisposeAsync() => inner.DisposeAsync();

        protected override async Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancel)
        {
            var count = await inner.ReadAsync(oneByOne ? buffer[..1] : buffer, Timeout.InfiniteTimeSpan, cancel);
            if (HeardLeft == 0) throw await CutAsync();
            HeardLeft -= count;
            return count;
        }

        protected override async Task<int> WriteSomeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            var count = Math.Min(bytes.Length, SentLeft);
            if (count == 0) throw await CutAsync();
            await inner.WriteAsync(bytes[..count], Timeout.InfiniteTimeSpan, cancel);
            SentLeft -= count;
            return count;
        }

        private async Task<DeviceLostException> CutAsync()
        {
            Cut = true;
            await inner.DisposeAsync();
            return new DeviceLostException(DeviceFault.Disconnected, $"{Address}: cut");
        }
    }
}
