using Kiosk.Hardware.Printers;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>What profiles differ in, beyond what every ticket printer owes.</summary>
public sealed class EscPosPrinterTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);
    private static readonly Slip Ticket = new(new SlipElement.Text("A042"), new SlipElement.Text("Passports"));

    [Fact]
    public async Task Recovery_from_the_cutters_error_clears_the_slip_and_a_new_roll_finishes_it()
    {
        await using var bench = new EscPosTcpBench(new { profile = "xprinter-80", clear = "enq", replyTimeoutSeconds = 10 });
        await using var printer = await bench.OpenAsync();

        bench.Do("cutter", new { state = "jammed" });
        Assert.Equal(new PrintOutcome.Halted(DeviceFault.CutterJam), await bench.Time.PassUntilAsync(Print(printer)));
        bench.Do("cutter", new { state = "ok" });
        Assert.Equal(HaltResolution.Cleared, await bench.Time.PassUntilAsync(printer.ResolveHaltAsync(default)));

        bench.Do("paper", new { state = "ok", lines = 1 });
        Assert.Equal(new PrintOutcome.Halted(DeviceFault.OutOfPaper), await bench.Time.PassUntilAsync(Print(printer)));
        bench.Do("paper", new { state = "ok" });
        Assert.Equal(HaltResolution.Finished, await bench.Time.PassUntilAsync(printer.ResolveHaltAsync(default)));
    }

    [Fact]
    public async Task Without_a_marker_a_slip_is_presumed_printed_or_halted_or_in_doubt()
    {
        await using var bench = new EscPosTcpBench(new { profile = "xprinter-80", marker = "none", replyTimeoutSeconds = 10 });
        await using var printer = await bench.OpenAsync();
        Assert.Equal(new PrintOutcome.Presumed(), await bench.Time.PassUntilAsync(Print(printer)));

        bench.Do("paper", new { state = "ok", lines = 1 });
        Assert.Equal(new PrintOutcome.Halted(DeviceFault.OutOfPaper), await bench.Time.PassUntilAsync(Print(printer)));
        bench.Do("paper", new { state = "ok" });
        Assert.Equal(HaltResolution.InDoubt, await bench.Time.PassUntilAsync(printer.ResolveHaltAsync(default)));
        Assert.True(printer.Ready);
    }

    [Theory]
    [InlineData("cover", "open", HealthState.OutOfService, DeviceFault.CoverOpen)]
    [InlineData("paper", "near-end", HealthState.Degraded, DeviceFault.PaperNearEnd)]
    [InlineData("paper", "out", HealthState.OutOfService, DeviceFault.OutOfPaper)]
    public async Task Automatic_status_back_is_told_without_a_question(string control, string change, HealthState state, DeviceFault fault)
    {
        await using var bench = new EscPosTcpBench(new { profile = "epson-tm-t20" });
        await using var printer = await bench.OpenAsync();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        printer.HealthChanged += () => told.TrySetResult();
        bench.Do(control, new { state = change });

        await told.Task.WaitAsync(Watchdog);
        Assert.Equal((state, fault), (printer.Health.State, printer.Health.Fault));
    }

    [Fact]
    public async Task Slip_that_could_not_be_journalled_is_not_sent()
    {
        await using var bench = new EscPosTcpBench(new { profile = "xprinter-80" });
        await using var printer = await bench.OpenAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => printer.PrintAsync(Ticket, () => throw new InvalidDataException("disk full"), default).WaitAsync(Watchdog));
        Assert.Equal(new PrintOutcome.Printed(), await Print(printer));
        Assert.Equal(["A042|Passports"], bench.Slips);
    }

    [Fact]
    public async Task Slips_and_questions_take_turns()
    {
        await using var bench = new EscPosTcpBench(new { profile = "epson-tm-t20", replyTimeoutSeconds = 30 });
        await using var printer = await bench.OpenAsync();
        using var stop = new CancellationTokenSource();
        var running = printer.RunAsync(stop.Token);
        for (var slip = 0; slip < 15; slip++)
        {
            var printing = Print(printer);
            bench.Time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(new PrintOutcome.Printed(), await printing);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Watchdog));
        Assert.Equal((15, 0), (bench.SlipCount, bench.Emulator.Look()["unknownBytes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Printer_that_has_answered_before_is_not_taken_for_one_that_cannot()
    {
        await using var bench = new EscPosTcpBench(new { });
        await (await bench.OpenAsync()).DisposeAsync();
        bench.Do("silence", new { on = true });

        Assert.Equal(DeviceFault.Silent, (await Assert.ThrowsAsync<DeviceLostException>(bench.OpenAsync)).Fault);
    }

    [Fact]
    public async Task Printer_that_is_switched_off_cannot_be_opened()
    {
        await using var bench = new EscPosTcpBench(new { });
        bench.Do("power", new { state = "off" });

        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(bench.OpenAsync)).Fault);
    }

    [Fact]
    public async Task Test_tells_what_the_printer_says_now()
    {
        await using var bench = new EscPosTcpBench(new { profile = "xprinter-80" });
        await using var printer = await bench.OpenAsync();
        bench.Do("paper", new { state = "out" });

        Assert.Equal(DeviceFault.OutOfPaper, (await printer.TestAsync(default).WaitAsync(Watchdog)).Fault);
    }

    [Theory]
    [InlineData("epson-tm-t20", 46)]
    [InlineData("epson-tm-t88", 49)]
    [InlineData("xprinter-58", 49)]
    public async Task Length_of_a_slip_is_that_of_its_lines_at_the_models_density_and_the_way_to_the_cutter(string profile, int millimetres)
    {
        // Four lines of 30 dots (five on narrow paper, where the first breaks), one of 5 × 24, and 15 mm to the blade.
        var slip = new Slip(
            new SlipElement.Text("Please go to the counter on the left"), new SlipElement.Text("A042", Width: 5, Height: 5), new SlipElement.Feed(2), new SlipElement.Rule());
        await using var bench = new EscPosTcpBench(new { profile });
        await using var printer = await bench.OpenAsync();

        Assert.Equal(millimetres, printer.MillimetresOf(slip));
    }

    private static Task<PrintOutcome> Print(ITicketPrinter printer) => printer.PrintAsync(Ticket, () => Task.CompletedTask, default).WaitAsync(Watchdog);
}
