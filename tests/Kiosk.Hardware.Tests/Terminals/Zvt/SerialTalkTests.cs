using Kiosk.Hardware.Terminals.Zvt;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>The frames of a serial line: what is said again, and what never is.</summary>
public sealed class SerialTalkTests : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private readonly SteppedClock _clock = new();
    private readonly DleFraming _far = new();
    private readonly MemoryLink _link;
    private readonly TerminalTalk _talk;

    public SerialTalkTests()
    {
        _link = new MemoryLink(new DleFraming(), _clock);
        _talk = new TerminalTalk(_link, new DleFraming(), _clock);
    }

    [Fact]
    public async Task Frame_that_was_not_readable_is_said_again_twice_at_most()
    {
        var asking = _talk.CommandAsync(ZvtCommands.Enquire);
        for (var tries = 0; tries < 3; tries++)
        {
            await HeardAsync<WireSign.Message>();
            _link.Say(DleFraming.Nak);
        }

        Assert.Equal(DeviceFault.NotUnderstood, (await Assert.ThrowsAsync<DeviceLostException>(() => asking.WaitAsync(Watchdog))).Fault);
        Assert.False(_link.Heard.TryRead(out _));
    }

    [Fact]
    public async Task Frame_that_may_move_money_is_never_said_again()
    {
        var paying = _talk.CommandAsync(Apdu.Of(ZvtProtocol.Authorise), movesMoney: true);
        await HeardAsync<WireSign.Message>();
        _link.Say(DleFraming.Nak);

        await Assert.ThrowsAsync<DeviceLostException>(() => paying.WaitAsync(Watchdog));
        Assert.False(_link.Heard.TryRead(out _));
    }

    [Fact]
    public async Task Frame_that_nobody_acknowledges_is_not_said_again()
    {
        var asking = _talk.CommandAsync(ZvtCommands.Enquire);
        await HeardAsync<WireSign.Message>();
        await _clock.ArmedAsync(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(DeviceFault.Silent, (await Assert.ThrowsAsync<DeviceLostException>(() => asking.WaitAsync(Watchdog))).Fault);
        Assert.False(_link.Heard.TryRead(out _));
    }

    [Fact]
    public async Task Frame_of_the_terminal_is_acknowledged_and_a_damaged_one_asked_for_again()
    {
        var frame = _far.Wrap(ZvtProtocol.Yes);
        var damaged = (byte[])frame.Clone();
        damaged[2] ^= 1;
        var asking = _talk.CommandAsync(ZvtCommands.Enquire);
        await HeardAsync<WireSign.Message>();
        _link.Say(DleFraming.Ack);
        _link.Say(damaged);
        await HeardAsync<WireSign.Nak>();
        _link.Say(frame);
        await HeardAsync<WireSign.Ack>();

        Assert.Null(await asking.WaitAsync(Watchdog));
    }

    public async ValueTask DisposeAsync() => await _talk.DisposeAsync();

    private async Task HeardAsync<T>() => Assert.IsType<T>(await _link.Heard.ReadAsync().AsTask().WaitAsync(Watchdog));
}
