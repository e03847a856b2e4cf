using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Tests.Printers;
using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>What every driver of notes or coins owes, over any protocol. Its machine stands on an <see cref="EmulatedTill"/>, whose truth the books are compared with.</summary>
public abstract class CashAcceptorConformance(ITestOutputHelper output) : ICashMake
{
    private protected static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);

    private protected abstract IDriver Driver { get; }

    private protected abstract string Options { get; }

    /// <summary>Two values that the machine knows, in the smallest unit.</summary>
    private protected virtual long Large => 10_000;

    private protected virtual long Small => 2_000;

    /// <summary>False where the wire has no word for it.</summary>
    private protected virtual bool TellsBox => true;

    private protected virtual bool TellsNearFull => true;

    /// <summary>False where a credit that was told and not heard is lost when only the link was away.</summary>
    private protected virtual bool RemembersWithoutLink => true;

    private protected ITestOutputHelper Output => output;

    ICashMachine ICashMake.Build(TimeProvider time) => Build(time);

    Task<ICashAcceptor> ICashMake.OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) => OpenAsync(link, time, cancel);

    private protected abstract ICashMachine Build(TimeProvider time);

    /// <summary>As the driver opens it over any link. The link is the acceptor's, or disposed of where it cannot be opened.</summary>
    private protected abstract Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel);

    [Fact]
    public Task What_goes_into_the_box_is_credited_once() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large, Small);
        desk.Insert(Large, Small, Large);

        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 2 && desk.Ledger.Credits(Small) == 1);
        await desk.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal((2, 1), (desk.Ledger.Credits(Large), desk.Ledger.Credits(Small)));
        Assert.Equal((2, 1), (desk.Till.Box[Large], desk.Till.Box[Small]));
        Assert.Equal(HealthState.Ok, desk.Acceptor!.Health.State);
    });

    [Fact]
    public Task Channels_are_read_from_the_device() => AtDesk(async desk =>
    {
        await desk.OpenAsync();

        Assert.Contains(desk.Acceptor!.Channels, channel => channel.Minor == Large && channel.Currency == "CNY");
        Assert.Contains(desk.Acceptor!.Channels, channel => channel.Minor == Small && channel.Currency == "CNY");
    });

    [Fact]
    public Task Nothing_is_taken_before_it_is_told_to_and_nothing_after_it_was_told_not_to() => AtDesk(async desk =>
    {
        await desk.OpenAsync();
        await desk.PassAsync(TimeSpan.FromSeconds(2));
        Assert.False(desk.Machine.Wants(Large));

        desk.Acceptor!.Accept(new HashSet<long> { Large });
        await desk.UntilAsync(() => desk.Machine.Wants(Large));

        desk.Acceptor!.Accept(new HashSet<long>());
        await desk.UntilAsync(() => !desk.Machine.Wants(Large));
    });

    [Fact]
    public Task Only_the_accepted_values_are_taken() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => desk.Machine.Wants(Large));
        Assert.False(desk.Machine.Wants(Small));

        desk.Acceptor!.Accept(new HashSet<long> { Small });
        await desk.UntilAsync(() => desk.Machine.Wants(Small) && !desk.Machine.Wants(Large));
    });

    [Fact]
    public Task Device_that_the_host_left_takes_nothing_more() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => desk.Machine.Wants(Large));

        await desk.CloseAsync();

        Assert.False(desk.Machine.Wants(Large));
    });

    [Fact]
    public Task Silent_device_is_lost_and_says_so() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => desk.Machine.Wants(Large));

        desk.Machine.Answer = _ => { };
        await desk.UntilAsync(() => desk.Serving.IsCompleted);

        Assert.Equal(DeviceFault.Silent, (await Assert.ThrowsAsync<DeviceLostException>(() => desk.Serving)).Fault);
        Assert.Equal((HealthState.OutOfService, DeviceFault.Silent), (desk.Acceptor!.Health.State, desk.Acceptor.Health.Fault));
    });

    [Fact]
    public Task Pulled_cable_is_told_at_once() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => desk.Machine.Wants(Large));

        desk.Link!.Cut();
        await desk.UntilAsync(() => desk.Serving.IsCompleted);

        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => desk.Serving)).Fault);
    });

    [Fact]
    public Task Box_that_is_taken_and_put_is_told_once_each_and_nothing_is_taken_in_between() => AtDesk(async desk =>
    {
        if (!TellsBox) return;
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => desk.Machine.Wants(Large));

        desk.Till.TakeBox();
        await desk.UntilAsync(() => desk.Acceptor!.Box == CashBoxState.Removed && !desk.Machine.Wants(Large));
        Assert.Equal((HealthState.OutOfService, DeviceFault.CashBoxRemoved), (desk.Acceptor!.Health.State, desk.Acceptor.Health.Fault));
        Assert.Equal([new CashEntry.BoxRemoved()], desk.Ledger.Facts);

        desk.Till.PutBox();
        await desk.UntilAsync(() => desk.Acceptor!.Box == CashBoxState.InPlace && desk.Machine.Wants(Large) && desk.Acceptor.Health.State == HealthState.Ok);
        await desk.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal([new CashEntry.BoxRemoved(), new CashEntry.BoxInserted()], desk.Ledger.Facts);
    });

    [Fact]
    public Task Box_that_was_out_when_the_device_was_opened_is_known_to_be_out() => AtDesk(async desk =>
    {
        if (!TellsBox) return;
        desk.Till.TakeBox();
        await desk.OpenAsync(Large);

        await desk.UntilAsync(() => desk.Acceptor!.Box == CashBoxState.Removed);
        Assert.Equal(DeviceFault.CashBoxRemoved, desk.Acceptor!.Health.Fault);
        await desk.UntilAsync(() => desk.Ledger.Facts.SequenceEqual([new CashEntry.BoxRemoved()]));
    });

    [Fact]
    public Task Jam_is_told_as_what_it_is_and_forgotten_when_it_is_gone() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large, Small);
        await desk.UntilAsync(() => desk.Machine.Wants(Large));
        desk.Till.Jam(true);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Acceptor!.Health.Fault == DeviceFault.Jam);
        Assert.Equal(HealthState.OutOfService, desk.Acceptor!.Health.State);
        Assert.Equal(0, desk.Ledger.Credits(Large));

        desk.Till.Jam(false);
        desk.Insert(Small);
        await desk.UntilAsync(() => desk.Ledger.Credits(Small) == 1 && desk.Acceptor!.Health.State == HealthState.Ok);
        CashBooks.Balance(desk, "after the jam");
    });

    [Fact]
    public Task Test_asks_the_device() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        await desk.UntilAsync(() => desk.Machine.Wants(Large));

        var test = desk.Acceptor!.TestAsync(default);
        await desk.UntilAsync(() => test.IsCompleted);
        Assert.Equal(HealthState.Ok, (await test).State);

        desk.Machine.Answer = _ => { };
        test = desk.Acceptor!.TestAsync(default);
        await desk.UntilAsync(() => test.IsCompleted);
        Assert.Equal((HealthState.OutOfService, DeviceFault.Silent), ((await test).State, (await test).Fault));
    });

    [Theory]
    [InlineData(Cut.Link, false, false)]
    [InlineData(Cut.Link, true, false)]
    [InlineData(Cut.DeviceAndLink, false, false)]
    [InlineData(Cut.DeviceAndLink, false, true)]
    [InlineData(Cut.DeviceAndLink, true, false)]
    [InlineData(Cut.DeviceAndLink, true, true)]
    [InlineData(Cut.Device, false, false)]
    [InlineData(Cut.Device, false, true)]
    [InlineData(Cut.Device, true, false)]
    [InlineData(Cut.Device, true, true)]
    public async Task Cut_after_any_byte_leaves_books_that_agree_with_the_box(Cut cut, bool answering, bool keepsAtPowerUp)
    {
        var sweep = new CashCutSweep(this, Large, Small);
        await sweep.BytesAsync(cut, answering, keepsAtPowerUp);

        Output.WriteLine($"{Driver.Id}: {cut}, within what {(answering ? "the device answers" : "the host sends")}, "
            + $"power-up {(keepsAtPowerUp ? "keeps" : "returns")}: {sweep.Points} cut points, {sweep.Doubts} items in doubt");
        Assert.True(sweep.Points > 50, $"only {sweep.Points} cut points");
        if (cut == Cut.Link && RemembersWithoutLink) Assert.Equal(0, sweep.Doubts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Host_that_dies_at_any_write_of_its_ledger_finds_books_that_agree_with_the_box(bool durable)
    {
        var sweep = new CashCutSweep(this, Large, Small);
        await sweep.WritesAsync(durable);

        Output.WriteLine($"{Driver.Id}: host dies {(durable ? "after" : "before")} a write: {sweep.Points} cut points, {sweep.Doubts} items in doubt");
        Assert.True(sweep.Points >= 3, $"only {sweep.Points} cut points");
        if (RemembersWithoutLink) Assert.Equal(0, sweep.Doubts);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("split")]
    [InlineData("joined")]
    public async Task Emulator_of_the_catalogue_is_opened_by_its_driver_and_takes_money(string mode)
    {
        var time = new ManualTime();
        await using var shop = new CashShop(Driver, Options, time);
        shop.Do("misbehave", $$"""{"mode": "{{mode}}"}""");
        await shop.OpenAsync(Large);
        await shop.UntilAsync(() => shop.Look("enabled").GetValue<bool>());

        shop.Do("insert", $$"""{"value": {{Large}}}""");
        await shop.UntilAsync(() => shop.Ledger.Credits(Large) == 1);

        Assert.Equal(1, (int)shop.Look("box")[$"{Large}"]!);
        Assert.StartsWith("<svg", Assert.Single(shop.Emulator.Pictures), StringComparison.Ordinal);
    }

    // A test's own context would send each step of the driver to another thread.
    private protected Task AtDesk(Func<CashDesk, Task> work) => Task.Run(async () =>
    {
        await using var desk = new CashDesk(this);
        await work(desk);
    }).WaitAsync(TimeSpan.FromSeconds(60));
}
