using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Cash.Id003;
using Kiosk.Hardware.Cash.Ssp;
using Kiosk.Hardware.Tests.Printers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>Acceptors at the far end of a serial line made by the kernel.</summary>
public sealed class SerialNotesTests
{
    private const long Hundred = 10_000;

    [Theory]
    [InlineData("ssp", "8N2")]
    [InlineData("id003", "8E1")]
    public async Task Note_is_credited_over_a_serial_line(string id, string framing)
    {
        IDriver driver = id == "ssp" ? new SspDriver() : new Id003Driver();
        var time = new ManualTime();
        var services = new DriverServices(time, NullLogger.Instance);
        await using var emulator = driver.Emulate(new DeviceSettings("notes", id, "emulated:", default), services);
        await using var cable = new SerialCable((device, far) => ((CashEmulator)device).ServeAsync(far, default));
        var link = (await cable.LinkAsync(emulator, time)).Replace("8N1", framing, StringComparison.Ordinal);
        var settings = new DeviceSettings("notes", id, link, default);
        Assert.Empty(driver.Check(settings));
        await using var acceptor = (ICashAcceptor)await time.PassUntilAsync(driver.OpenAsync(settings, null, services, default));
        var ledger = new CashLedger();
        using var stop = new CancellationTokenSource();
        acceptor.Accept(new HashSet<long> { Hundred });
        var serving = acceptor.ServeAsync(ledger.Past, ledger, stop.Token);

        await LooksAsync(time, emulator, look => look["enabled"]!.GetValue<bool>());
        emulator.Do("insert", JsonText.Parse($$"""{"value": {{Hundred}}}"""));
        await LooksAsync(time, emulator, _ => ledger.Credits(Hundred) == 1);

        Assert.Equal(1, (int)emulator.Look()["box"]![$"{Hundred}"]!);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => time.PassUntilAsync(Finished(serving)));
    }

    private static async Task<bool> Finished(Task serving)
    {
        await serving;
        return true;
    }

    private static Task<bool> LooksAsync(ManualTime time, IEmulator emulator, Func<System.Text.Json.Nodes.JsonObject, bool> wanted)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        emulator.Changed += Look;
        Look();
        return time.PassUntilAsync(done.Task);

        void Look()
        {
            if (wanted(emulator.Look())) done.TrySetResult(true);
        }
    }
}
