using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Cash.Id003;
using Kiosk.Hardware.Cash.Id003.Emulation;
using Kiosk.Hardware.Links;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Cash.Id003;

/// <summary>What only ID-003 can do, or do wrong.</summary>
public sealed class Id003AcceptorTests
{
    private const long Hundred = 10_000, Twenty = 2_000;

    [Fact]
    public Task Credit_that_is_told_again_without_a_note_is_in_doubt_and_not_counted() => AtDesk("", async desk =>
    {
        desk.Machine.Misbehave("repeat-vend-valid");
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);

        await desk.UntilAsync(() => desk.Ledger.Doubts(null) == 1);
        await desk.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal((1, 1), (desk.Ledger.Credits(Hundred), desk.Ledger.Doubts(null)));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Note_in_the_way_of_a_reset_ends_as_the_power_up_code_says(bool keeps) => AtDesk("", async desk =>
    {
        desk.Machine.Misbehave("reset-at-stack");
        desk.Till.KeepsAtPowerUp = keeps;
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);
        await desk.UntilAsync(() => desk.Serving.IsCompleted);
        Assert.Equal(DeviceFault.Silent, (await Assert.ThrowsAsync<DeviceLostException>(() => desk.Serving)).Fault);
        await desk.CloseAsync();

        await desk.OpenAsync(Hundred);
        await desk.UntilAsync(() => desk.Ledger.Past.Stacking is null);

        Assert.Equal((keeps ? 1 : 0, keeps ? 0 : 1, 0), (desk.Ledger.Credits(Hundred), desk.Ledger.Returns(Hundred), desk.Ledger.Doubts(Hundred)));
        CashBooks.Balance(desk, "after the reset");
    });

    [Fact]
    public Task Note_in_the_stacker_at_power_up_that_was_credited_before_is_not_counted_again() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);
        (desk.Ledger.DiesAt, desk.Ledger.DiesAfter) = (1, true);
        await desk.UntilAsync(() => desk.Serving.IsCompleted);
        await desk.CloseAsync();
        Assert.Equal("1:told", desk.Ledger.Past.Mark);
        desk.Machine.LosePower();
        desk.Ledger.Restart();

        await desk.OpenAsync(Hundred);
        await desk.UntilAsync(() => desk.Machine.Wants(Hundred));

        Assert.Equal((1, 0), (desk.Ledger.Credits(Hundred), desk.Ledger.Doubts(null)));
        Assert.Equal("1:taken", desk.Ledger.Past.Mark);
    });

    [Fact]
    public Task Note_in_the_stacker_of_which_nobody_knows_is_a_case() => AtDesk("", async desk =>
    {
        desk.Till.KeepsAtPowerUp = true;
        await desk.OpenAsync(Hundred);
        await desk.UntilAsync(() => desk.Machine.Wants(Hundred));
        desk.Till.Take(Hundred);
        desk.Machine.LosePower();

        await desk.UntilAsync(() => desk.Ledger.Doubts(null) == 1);
        await desk.UntilAsync(() => desk.Machine.Wants(Hundred));
        Assert.Equal(0, desk.Ledger.Credits(Hundred));
    });

    [Fact]
    public Task Acceptor_at_rest_after_a_lost_link_leaves_the_note_in_doubt() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);
        desk.Link!.Cut();
        await desk.CloseAsync();
        desk.Till.Pull();

        await desk.OpenAsync(Hundred);

        await desk.UntilAsync(() => desk.Ledger.Doubts(Hundred) == 1);
        await desk.UntilAsync(() => desk.Machine.Wants(Hundred));
    });

    [Fact]
    public Task Model_that_tells_no_denominations_needs_them_named() => AtDesk("", async desk =>
    {
        ((Id003Machine)desk.Machine).TellsDenominations = false;

        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => desk.OpenAsync(Hundred));

        Assert.Equal(DeviceFault.NotUnderstood, lost.Fault);
        Assert.Contains("\"channels\"", lost.Message, StringComparison.Ordinal);
    });

    [Fact]
    public Task Named_denominations_are_used() => AtDesk(""", "channels": {"66": 10000, "64": 2000}""", async desk =>
    {
        ((Id003Machine)desk.Machine).TellsDenominations = false;
        await desk.OpenAsync(Hundred, Twenty);
        desk.Insert(Hundred, Twenty);

        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 1 && desk.Ledger.Credits(Twenty) == 1);
        CashBooks.Balance(desk, "named");
    });

    [Fact]
    public Task Failure_and_pause_are_told_as_what_they_are() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        await desk.UntilAsync(() => desk.Machine.Wants(Hundred));

        ((Id003Machine)desk.Machine).Failing = true;
        await desk.UntilAsync(() => desk.Acceptor!.Health == DeviceHealth.OutOfService(DeviceFault.Unrecoverable, "failure A2h"));
        (((Id003Machine)desk.Machine).Failing, ((Id003Machine)desk.Machine).Paused) = (false, true);
        await desk.UntilAsync(() => desk.Acceptor!.Health.State == HealthState.Degraded);
        ((Id003Machine)desk.Machine).Paused = false;
        await desk.UntilAsync(() => desk.Acceptor!.Health.State == HealthState.Ok);
    });

    [Fact]
    public Task Answer_with_a_wrong_checksum_is_asked_for_again_and_an_order_is_not() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        await desk.UntilAsync(() => desk.Machine.Wants(Hundred));
        var (hear, answers) = (desk.Machine.Answer, 0);
        desk.Machine.Answer = bytes =>
        {
            if (++answers % 4 == 0) bytes[^1] ^= 0x40;
            hear(bytes);
        };
        desk.Insert(Hundred, Hundred, Hundred);

        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 3);
        CashBooks.Balance(desk, "noise");
    });

    [Theory]
    [InlineData("""{"curency": "CNY"}""", "options.curency")]
    [InlineData("""{"currency": "yuan"}""", "options.currency")]
    [InlineData("""{"channels": {"61": 0}}""", "options.channels")]
    [InlineData("""{"channels": {"99": 100}}""", "options.channels")]
    [InlineData("""{"channels": {}}""", "options.channels")]
    [InlineData("""{"decimals": 4}""", "options.decimals")]
    public void Mistake_in_the_settings_is_named(string options, string path) =>
        Assert.Equal([path], new Id003Driver().Check(new DeviceSettings("notes", "id003", "emulated:", JsonText.Parse(options))).Select(mistake => mistake.Path));

    // A test's own context would send each step of the driver to another thread.
    private static Task AtDesk(string options, Func<CashDesk, Task> work) => Task.Run(async () =>
    {
        await using var desk = new CashDesk(new Make($$"""{"pollMs": 100{{options}}}"""));
        await work(desk);
    }).WaitAsync(TimeSpan.FromSeconds(60));

    private sealed class Make(string options) : ICashMake
    {
        private Id003Options Read => Id003Options.Of(new DeviceSettings("notes", "id003", "emulated:", JsonText.Parse(options)));

        public ICashMachine Build(TimeProvider time) => new Id003Machine(Read, time);

        public Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) =>
            Id003Driver.OpenAsync(link, Read, new DriverServices(time, NullLogger.Instance));
    }
}
