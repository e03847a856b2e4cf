using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Cash.Ssp;
using Kiosk.Hardware.Cash.Ssp.Emulation;
using Kiosk.Hardware.Links;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Cash.Ssp;

/// <summary>What only SSP can do, or do wrong.</summary>
public sealed class SspAcceptorTests
{
    private const long Hundred = 10_000, Twenty = 2_000;

    [Fact]
    public Task Credit_that_is_told_again_without_a_note_is_counted_once() => AtDesk("", async desk =>
    {
        desk.Machine.Misbehave("repeat-credit");
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred, Hundred);

        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 2);
        await desk.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal((2, 2), (desk.Ledger.Credits(Hundred), desk.Till.Box[Hundred]));
        Assert.Equal(0, desk.Ledger.Doubts(Hundred) + desk.Ledger.Doubts(null));
    });

    [Fact]
    public Task Credit_that_is_told_again_is_in_doubt_where_there_is_no_counter() => AtDesk("", async desk =>
    {
        Machine(desk).KnowsCounters = false;
        desk.Machine.Misbehave("repeat-credit");
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);

        await desk.UntilAsync(() => desk.Ledger.Doubts(null) == 1);

        Assert.Equal(1, desk.Ledger.Credits(Hundred));
    });

    [Theory]
    [InlineData("")]
    [InlineData(", \"pollWithAck\": false")]
    public Task Validator_that_resets_between_escrow_and_stack_gives_the_note_back(string options) => AtDesk(options, async desk =>
    {
        desk.Machine.Misbehave("reset-at-stack");
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);

        await desk.UntilAsync(() => desk.Ledger.Returns(Hundred) == 1);

        Assert.Equal((1, 0), (desk.Till.Returned[Hundred], desk.Ledger.Credits(Hundred)));
        desk.Insert(Twenty);
        desk.Acceptor!.Accept(new HashSet<long> { Twenty });
        await desk.UntilAsync(() => desk.Ledger.Credits(Twenty) == 1);
        CashBooks.Balance(desk, "after the reset");
    });

    [Fact]
    public Task Validator_that_resets_between_escrow_and_stack_and_keeps_the_note_is_believed() => AtDesk("", async desk =>
    {
        desk.Machine.Misbehave("reset-at-stack");
        desk.Till.KeepsAtPowerUp = true;
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);

        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 1);
        await desk.PassAsync(TimeSpan.FromSeconds(5));
        CashBooks.Balance(desk, "kept at power-up");
    });

    [Fact]
    public Task Older_firmware_without_poll_with_ack_is_polled_without() => AtDesk("", async desk =>
    {
        Machine(desk).KnowsPollWithAck = false;
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred, Hundred);

        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 2);
        CashBooks.Balance(desk, "plain");
    });

    [Fact]
    public Task Poll_that_takes_the_note_is_retried_without_taking_another() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        await desk.UntilAsync(() => desk.Machine.Wants(Hundred));
        var (hear, deaf) = (desk.Machine.Answer, 0);
        desk.Machine.Answer = bytes =>
        {
            // Each third answer is lost on the line: the validator has done what it was told, and is asked again.
            if (++deaf % 3 != 0) hear(bytes);
        };
        desk.Insert(Hundred, Hundred, Hundred);

        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 3);
        await desk.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal((3, 3), (desk.Ledger.Credits(Hundred), desk.Till.Box[Hundred]));
        Assert.Equal(1207, Look(desk)["stacked"]!.GetValue<int>());
    });

    [Fact]
    public Task Notes_that_somebody_fed_without_this_host_are_cases_of_their_own_and_told_once() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);
        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 1);
        await desk.CloseAsync();
        desk.Machine.Prepare("count", Arguments(desk, "count", """{"stacked": 1207}"""))();

        await desk.OpenAsync(Hundred);
        await desk.PassAsync(TimeSpan.FromSeconds(5));
        await desk.CloseAsync();
        await desk.OpenAsync(Hundred);
        await desk.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal((1, 2), (desk.Ledger.Credits(Hundred), desk.Ledger.Doubts(null)));
        Assert.Equal("4512087:1207:1", desk.Ledger.Past.Mark);
    });

    [Fact]
    public Task Note_that_is_pulled_on_its_way_to_the_box_is_a_fraud_attempt_and_no_credit() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);

        desk.Till.Pull();

        await desk.UntilAsync(() => desk.Ledger.Returns(Hundred) == 1);
        Assert.Equal((HealthState.Degraded, DeviceFault.FraudAttempt), (desk.Acceptor!.Health.State, desk.Acceptor.Health.Fault));
        CashBooks.Balance(desk, "pulled");
    });

    [Fact]
    public Task Jam_that_is_freed_into_the_box_is_not_credited_beside_its_case() => AtDesk("", async desk =>
    {
        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);
        await desk.UntilAsync(() => desk.Till.Place == TillPlace.TowardsBox);
        desk.Till.Jam(true);
        await desk.UntilAsync(() => desk.Ledger.Doubts(Hundred) == 1);

        desk.Till.Jam(false);
        desk.Acceptor!.Accept(new HashSet<long> { Twenty });
        desk.Insert(Twenty);
        await desk.UntilAsync(() => desk.Ledger.Credits(Twenty) == 1);

        Assert.Equal((0, 1), (desk.Ledger.Credits(Hundred), desk.Ledger.Doubts(Hundred)));
        CashBooks.Balance(desk, "after the jam");
    });

    [Fact]
    public Task Other_validator_than_that_of_the_mark_begins_anew() => AtDesk("", async desk =>
    {
        await desk.Ledger.CreditedAsync(new CashItem(1, 100, "CNY"), "99:1203:7");

        await desk.OpenAsync(Hundred);
        desk.Insert(Hundred);
        await desk.UntilAsync(() => desk.Ledger.Credits(Hundred) == 1);

        Assert.Equal("4512087:1205:8", desk.Ledger.Past.Mark);
        Assert.Equal(0, desk.Ledger.Doubts(null));
    });

    [Theory]
    [InlineData("""{"adress": 0}""", "options.adress")]
    [InlineData("""{"address": 126}""", "options.address")]
    [InlineData("""{"pollWithAck": 1}""", "options.pollWithAck")]
    [InlineData("""{"pollMs": 5}""", "options.pollMs")]
    [InlineData("""{"emulatedNotes": "XXX"}""", "options.emulatedNotes")]
    public void Mistake_in_the_settings_is_named(string options, string path) =>
        Assert.Equal([path], new SspDriver().Check(new DeviceSettings("notes", "ssp", "emulated:", JsonText.Parse(options))).Select(mistake => mistake.Path));

    [Fact]
    public void Link_of_a_printer_is_refused() =>
        Assert.Equal(["link"], new SspDriver().Check(new DeviceSettings("notes", "ssp", "usb:///dev/usb/lp0", default)).Select(mistake => mistake.Path));

    private static SspMachine Machine(CashDesk desk) => (SspMachine)desk.Machine;

    private static System.Text.Json.Nodes.JsonObject Look(CashDesk desk)
    {
        var look = new System.Text.Json.Nodes.JsonObject();
        desk.Machine.Describe(look);
        return look;
    }

    private static Hardware.Links.Emulation.ControlArguments Arguments(CashDesk desk, string control, string json) =>
        new(desk.Machine.Controls.Single(one => one.Name == control), JsonText.Parse(json));

    // A test's own context would send each step of the driver to another thread.
    private static Task AtDesk(string options, Func<CashDesk, Task> work) => Task.Run(async () =>
    {
        await using var desk = new CashDesk(new Make($$"""{"pollMs": 100{{options}}}"""));
        await work(desk);
    }).WaitAsync(TimeSpan.FromSeconds(60));

    private sealed class Make(string options) : ICashMake
    {
        private SspOptions Read => SspOptions.Of(new DeviceSettings("notes", "ssp", "emulated:", JsonText.Parse(options)));

        public ICashMachine Build(TimeProvider time) => new SspMachine(Read, time);

        public Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel) =>
            SspDriver.OpenAsync(link, Read, new DriverServices(time, NullLogger.Instance));
    }
}
