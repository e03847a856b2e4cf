using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>What every driver of an acceptor with an escrow owes: nothing goes to the box without a durable order.</summary>
public abstract class NoteAcceptorConformance(ITestOutputHelper output) : CashAcceptorConformance(output)
{
    [Fact]
    public Task Note_waits_in_escrow_until_the_order_is_durable() => AtDesk(async desk =>
    {
        var durable = new TaskCompletionSource<bool>();
        desk.Ledger.Decide = _ => durable.Task;
        await desk.OpenAsync(Large);
        Assert.True(desk.Acceptor!.Escrow);
        desk.Insert(Large);

        // Longer than the device would wait by itself.
        await desk.PassAsync(TimeSpan.FromSeconds(25));
        Assert.Equal(TillPlace.Escrow, desk.Till.Place);

        durable.SetResult(true);
        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 1);
        Assert.Equal(1, desk.Till.Box[Large]);
    });

    [Fact]
    public Task Refused_note_goes_back_and_the_ledger_hears_of_it() => AtDesk(async desk =>
    {
        desk.Ledger.Decide = _ => Task.FromResult(false);
        await desk.OpenAsync(Large);
        desk.Insert(Large);

        await desk.UntilAsync(() => desk.Ledger.Returns(Large) == 1);

        Assert.Equal((1, 0), (desk.Till.Returned[Large], desk.Till.Box.Count));
        Assert.Equal(2, desk.Ledger.Facts.Count());
    });

    [Fact]
    public Task Note_that_is_pulled_back_is_no_credit() => AtDesk(async desk =>
    {
        var durable = new TaskCompletionSource<bool>();
        desk.Ledger.Decide = _ => durable.Task;
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.Escrow);
        await desk.PassAsync(TimeSpan.FromSeconds(1));

        desk.Till.Pull();
        await desk.PassAsync(TimeSpan.FromSeconds(1));
        durable.SetResult(true);

        await desk.UntilAsync(() => desk.Ledger.Returns(Large) == 1);
        Assert.Equal(0, desk.Ledger.Credits(Large));
        CashBooks.Balance(desk, "pulled");
    });

    [Fact]
    public Task Jam_on_the_way_to_the_box_is_in_doubt_by_its_value() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);

        desk.Till.Jam(true);

        await desk.UntilAsync(() => desk.Ledger.Doubts(Large) == 1);
        Assert.Equal(DeviceFault.Jam, desk.Acceptor!.Health.Fault);
        Assert.Equal(0, desk.Ledger.Credits(Large));
    });

    [Fact]
    public Task Note_that_was_to_be_given_back_and_was_kept_is_credited() => AtDesk(async desk =>
    {
        desk.Ledger.Decide = _ => Task.FromResult(false);
        desk.Till.Stubborn = true;
        await desk.OpenAsync(Large);
        desk.Insert(Large);

        await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 1);

        Assert.Equal(1, desk.Till.Box[Large]);
        CashBooks.Balance(desk, "kept");
    });

    [Fact]
    public Task Host_that_stops_while_a_note_is_stacked_finishes_it_first() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);

        await desk.CloseAsync();

        Assert.Equal((1, 1), (desk.Ledger.Credits(Large), desk.Till.Box[Large]));
    });

    [Fact]
    public Task Note_that_went_into_the_box_while_the_host_was_away_is_credited_when_it_is_back() => AtDesk(async desk =>
    {
        await desk.OpenAsync(Large);
        desk.Insert(Large);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);
        desk.Link!.Cut();
        await desk.PassAsync(TimeSpan.FromSeconds(2));
        await desk.CloseAsync();
        Assert.Equal((0, 1), (desk.Ledger.Credits(Large), desk.Till.Box[Large]));

        await desk.OpenAsync(Large);
        if (RemembersWithoutLink) await desk.UntilAsync(() => desk.Ledger.Credits(Large) == 1);
        await desk.PassAsync(TimeSpan.FromSeconds(3));
        CashBooks.Balance(desk, "host away");
    });

    [Fact]
    public Task Full_box_is_told_and_takes_nothing() => AtDesk(async desk =>
    {
        if (!TellsBox) return;
        await desk.OpenAsync(Large);
        desk.Till.Fill(99);
        desk.Insert(Large, Large, Large, Large, Large, Large);

        await desk.UntilAsync(() => desk.Acceptor!.Box == CashBoxState.Full && !desk.Machine.Wants(Large));

        Assert.Equal((HealthState.OutOfService, DeviceFault.CashBoxFull), (desk.Acceptor!.Health.State, desk.Acceptor.Health.Fault));
        Assert.Equal(desk.Till.Box[Large], desk.Ledger.Credits(Large));
    });

    [Fact]
    public Task Box_near_full_is_told_and_still_takes() => AtDesk(async desk =>
    {
        if (!TellsNearFull) return;
        desk.Till.Fill(89);
        await desk.OpenAsync(Large);
        desk.Insert([.. Enumerable.Repeat(Large, 8)]);

        await desk.UntilAsync(() => desk.Acceptor!.Health is { State: HealthState.Degraded, Fault: DeviceFault.CashBoxNearFull });
        await desk.UntilAsync(() => desk.PurseEmpty && desk.Ledger.Credits(Large) == 8);
    });
}
