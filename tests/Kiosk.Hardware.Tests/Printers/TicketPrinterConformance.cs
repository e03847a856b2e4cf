using Kiosk.Hardware.Printers;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>What every driver of a ticket printer owes, over any wire. Its emulator must know the controls paper, cover, cutter, power, silence and misbehave.</summary>
public abstract class TicketPrinterConformance
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);
    private static readonly Slip Ticket = new(new SlipElement.Text("A042", SlipAlign.Centre, 3, 3), new SlipElement.Text("Passports"), new SlipElement.Qr("K/A042"));
    private const string OnPaper = "A042|Passports|[K/A042]";

    /// <summary>What becomes of a slip that the end of the roll halted, once there is a new roll.</summary>
    private protected abstract HaltResolution AfterNewRoll { get; }

    private protected abstract PrinterBench Bench();

    [Fact]
    public async Task Slip_comes_out_as_it_was_given_and_is_confirmed()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();

        Assert.True(printer.Ready);
        Assert.Equal((HealthState.Ok, null), Judged(printer));
        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
        Assert.Equal([OnPaper, OnPaper], bench.Slips);
    }

    [Theory]
    [InlineData("split")]
    [InlineData("noise")]
    public async Task Answers_in_pieces_or_among_noise_are_understood(string mode)
    {
        await using var bench = Bench();
        bench.Do("misbehave", new { mode });
        await using var printer = await bench.OpenAsync();

        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
        Assert.Equal([OnPaper], bench.Slips);
    }

    [Theory]
    [InlineData("paper", "out", DeviceFault.OutOfPaper)]
    [InlineData("cover", "open", DeviceFault.CoverOpen)]
    public async Task Printer_that_is_not_ready_refuses_before_a_byte_is_sent(string control, string state, DeviceFault fault)
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do(control, new { state });

        Assert.Equal(new PrintOutcome.Refused(fault), await printer.PrintAsync(Ticket, NeverSending, default).WaitAsync(Watchdog));
        Assert.False(printer.Ready);
        Assert.Equal(fault, printer.Health.Fault);
        Assert.Equal(0, bench.SlipCount);
    }

    [Fact]
    public async Task Paper_near_its_end_is_told_and_does_not_stop_a_slip()
    {
        await using var bench = Bench();
        bench.Do("paper", new { state = "near-end" });
        await using var printer = await bench.OpenAsync();

        Assert.Equal((HealthState.Degraded, DeviceFault.PaperNearEnd), Judged(printer));
        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
    }

    [Fact]
    public async Task Roll_that_ends_inside_a_slip_halts_it_and_a_new_roll_resolves_it()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do("paper", new { state = "ok", lines = 2 });

        Assert.Equal(new PrintOutcome.Halted(DeviceFault.OutOfPaper), await bench.Time.PassUntilAsync(Print(printer)));
        Assert.False(printer.Ready);
        Assert.Equal(new PrintOutcome.Refused(DeviceFault.OutOfPaper), await printer.PrintAsync(Ticket, NeverSending, default).WaitAsync(Watchdog));

        var resolving = printer.ResolveHaltAsync(default);
        await Assert.ThrowsAsync<TimeoutException>(() => resolving.WaitAsync(TimeSpan.FromMilliseconds(50)));
        bench.Do("misbehave", new { mode = "stall" });
        bench.Do("paper", new { state = "ok" });
        if (AfterNewRoll == HaltResolution.Finished) bench.Do("misbehave", new { mode = "none" });
        Assert.Equal(AfterNewRoll, await bench.Time.PassUntilAsync(resolving));

        bench.Do("misbehave", new { mode = "none" });
        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
        string[] rest = AfterNewRoll == HaltResolution.Finished ? ["Passports|[K/A042]"] : [];
        Assert.Equal(["A042|[torn]", .. rest, OnPaper], bench.Slips);
    }

    [Fact]
    public async Task Cutter_that_jams_halts_the_slip_until_it_is_freed()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do("cutter", new { state = "jammed" });

        Assert.Equal(new PrintOutcome.Halted(DeviceFault.CutterJam), await bench.Time.PassUntilAsync(Print(printer)));
        bench.Do("cutter", new { state = "ok" });
        Assert.Equal(AfterNewRoll, await bench.Time.PassUntilAsync(printer.ResolveHaltAsync(default)));
        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
    }

    [Fact]
    public async Task Slip_whose_end_is_never_confirmed_is_in_doubt_and_the_link_is_given_up()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do("misbehave", new { mode = "stall" });

        Assert.Equal(new PrintOutcome.InDoubt(), await bench.Time.PassUntilAsync(Print(printer)));
        Assert.False(printer.Ready);
        await Lost(printer, DeviceFault.Silent);
    }

    [Fact]
    public async Task Printer_that_falls_silent_refuses_and_the_link_is_given_up()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do("silence", new { on = true });

        Assert.Equal(new PrintOutcome.Refused(DeviceFault.Silent), await bench.Time.PassUntilAsync(printer.PrintAsync(Ticket, NeverSending, default)));
        await Lost(printer, DeviceFault.Silent);
        Assert.Equal(0, bench.SlipCount);
    }

    [Fact]
    public async Task Late_answer_never_answers_the_next_question()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do("misbehave", new { mode = "late" });

        Assert.Equal(new PrintOutcome.Refused(DeviceFault.Silent), await bench.Time.PassUntilAsync(printer.PrintAsync(Ticket, NeverSending, default)));
        bench.Do("misbehave", new { mode = "none" });
        Assert.Equal(new PrintOutcome.Refused(DeviceFault.Silent), await printer.PrintAsync(Ticket, NeverSending, default).WaitAsync(Watchdog));
        await Lost(printer, DeviceFault.Silent);
        await printer.DisposeAsync();

        await using var again = await bench.OpenAsync();
        Assert.Equal(new PrintOutcome.Printed(), await Print(again));
    }

    [Fact]
    public async Task Answers_that_are_none_are_not_understood()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do("misbehave", new { mode = "garbage" });

        Assert.Equal(new PrintOutcome.Refused(DeviceFault.NotUnderstood), await bench.Time.PassUntilAsync(printer.PrintAsync(Ticket, NeverSending, default)));
    }

    [Fact]
    public async Task Pulled_cable_is_told_at_once_and_refuses_the_next_slip()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        var running = printer.RunAsync(default);
        await bench.UnplugAsync();

        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => running.WaitAsync(Watchdog))).Fault);
        Assert.Equal(new PrintOutcome.Refused(DeviceFault.Disconnected), await printer.PrintAsync(Ticket, NeverSending, default).WaitAsync(Watchdog));
        Assert.Equal(HealthState.OutOfService, printer.Health.State);
    }

    [Fact]
    public async Task Faults_are_found_and_forgotten_while_nothing_is_printed()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        using var stop = new CancellationTokenSource();
        var running = printer.RunAsync(stop.Token);

        bench.Do("cover", new { state = "open" });
        Assert.True(await bench.Time.PassUntilAsync(Becomes(printer, HealthState.OutOfService, DeviceFault.CoverOpen)));
        bench.Do("cover", new { state = "closed" });
        Assert.True(await bench.Time.PassUntilAsync(Becomes(printer, HealthState.Ok, null)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Power_lost_between_any_two_bytes_never_leaves_a_slip_that_is_believed_printed_and_is_not()
    {
        await using var bench = Bench();
        for (var bytes = 0; ; bytes++)
        {
            Assert.True(bytes < 2000, "the slip never came out");
            bench.Do("reset", new { });
            await using var printer = await bench.OpenAsync();

            // Again: what the round before left in the cable may have come out since.
            bench.Do("reset", new { });
            bench.Do("misbehave", new { mode = "reset-after", bytes });
            var journalled = false;
            var outcome = await printer.PrintAsync(Ticket, () => Task.FromResult(journalled = true), default).WaitAsync(Watchdog);

            if (outcome is PrintOutcome.Printed)
            {
                Assert.Equal([OnPaper], bench.Slips);
                return;
            }

            Assert.True(outcome is PrintOutcome.Refused || (outcome is PrintOutcome.InDoubt && journalled), $"after {bytes} bytes: {outcome}");
            if (outcome is PrintOutcome.Refused) Assert.Equal((0, 0), (bench.SlipCount, bench.Emulator.Look()["current"]!.AsArray().Count));
        }
    }

    [Fact]
    public async Task Printer_that_was_pulled_and_is_back_prints_again()
    {
        await using var bench = Bench();
        await using (var before = await bench.OpenAsync())
        {
            await bench.UnplugAsync();
            await Assert.ThrowsAsync<DeviceLostException>(() => before.RunAsync(default).WaitAsync(Watchdog));
        }

        bench.Do("power", new { state = "on" });
        await using var printer = await bench.OpenAsync();
        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
    }

    [Fact]
    public async Task Waiting_for_a_slip_can_be_given_up_and_then_it_is_in_doubt()
    {
        await using var bench = Bench();
        await using var printer = await bench.OpenAsync();
        bench.Do("misbehave", new { mode = "stall" });
        using var stop = new CancellationTokenSource();
        var printing = printer.PrintAsync(Ticket, () => Task.CompletedTask, stop.Token);
        await bench.LooksAsync(look => look["buffered"]!.GetValue<int>() > 0).WaitAsync(Watchdog);
        await stop.CancelAsync();

        Assert.Equal(new PrintOutcome.InDoubt(), await printing.WaitAsync(Watchdog));
    }

    private static Task<PrintOutcome> Print(ITicketPrinter printer) => printer.PrintAsync(Ticket, () => Task.CompletedTask, default).WaitAsync(Watchdog);

    private static (HealthState, DeviceFault?) Judged(ITicketPrinter printer) => (printer.Health.State, printer.Health.Fault);

    private static Task NeverSending() => throw new InvalidOperationException("The slip was journalled as being sent.");

    private static async Task Lost(ITicketPrinter printer, DeviceFault fault) =>
        Assert.Equal(fault, (await Assert.ThrowsAsync<DeviceLostException>(() => printer.RunAsync(default).WaitAsync(Watchdog))).Fault);

    private static async Task<bool> Becomes(ITicketPrinter printer, HealthState state, DeviceFault? fault)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (Judged(printer) == (state, fault)) done.TrySetResult();
        }

        printer.HealthChanged += Look;
        Look();
        await done.Task.WaitAsync(Watchdog);
        printer.HealthChanged -= Look;
        return true;
    }
}
