using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.EscPos;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>Something listens on port 9100 that takes everything and says nothing: a print server, or <c>nc -l</c>.</summary>
public sealed class PlainListenerTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private static readonly Slip Ticket = new(new SlipElement.Text("A042"));
    private static readonly byte[] Probe = [0x10, 0x04, 0x01], OnTheWire = [0x1B, 0x40, 0x1C, 0x2E, .. "A042\n"u8, 0x1D, 0x56, 66, 0];

    private readonly ManualTime _time = new();
    private readonly EscPosDriver _driver = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PlainListenerTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Slip_is_sent_after_one_question_and_presumed_printed()
    {
        await using var printer = await OpenAsync("{}");
        using var far = await _listener.AcceptSocketAsync();

        Assert.Equal(DeviceHealth.Degraded(DeviceFault.NoStatus, "does not report its status"), printer.Health);
        Assert.True(printer.Ready);
        Assert.Equal(new PrintOutcome.Presumed(), await printer.PrintAsync(Ticket, () => Task.CompletedTask, default).WaitAsync(Watchdog));
        Assert.Equal(new PrintOutcome.Presumed(), await printer.PrintAsync(Ticket, () => Task.CompletedTask, default).WaitAsync(Watchdog));

        byte[] expected = [.. Probe, .. OnTheWire, .. OnTheWire];
        Assert.Equal(expected, await ReadExactlyAsync(far, expected.Length));
    }

    [Fact]
    public async Task Nothing_is_sent_while_nothing_is_printed_and_a_hang_up_is_noticed()
    {
        await using var printer = await OpenAsync("{}");
        var far = await _listener.AcceptSocketAsync();
        var running = printer.RunAsync(default);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Probe, await ReadExactlyAsync(far, Probe.Length));
        Assert.Equal(0, far.Available);
        far.Dispose();
        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => running.WaitAsync(Watchdog))).Fault);
        Assert.False(printer.Ready);
    }

    [Fact]
    public async Task Printer_that_answers_late_is_opened_again_and_then_has_to_answer()
    {
        await using var printer = await OpenAsync("{}");
        using var far = await _listener.AcceptSocketAsync();
        await far.SendAsync(new byte[] { 0x12 });

        await Assert.ThrowsAsync<DeviceLostException>(() => printer.RunAsync(default).WaitAsync(Watchdog));
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => OpenAsync("{}"));
        Assert.Equal(DeviceFault.Silent, lost.Fault);
    }

    [Fact]
    public async Task Profile_that_promises_status_does_not_open_without_an_answer()
    {
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => OpenAsync("""{"status":"dle-eot"}"""));

        Assert.Equal(DeviceFault.Silent, lost.Fault);
    }

    [Fact]
    public async Task Profile_without_status_asks_nothing()
    {
        await using var printer = await OpenAsync("""{"status":"none","profile":"epson-tm-t20"}""");
        using var far = await _listener.AcceptSocketAsync();

        Assert.Equal(new PrintOutcome.Presumed(), await printer.PrintAsync(Ticket, () => Task.CompletedTask, default).WaitAsync(Watchdog));
        Assert.Equal(OnTheWire, await ReadExactlyAsync(far, OnTheWire.Length));
    }

    [Fact]
    public async Task Slip_that_is_not_taken_in_time_is_in_doubt()
    {
        await using var printer = await OpenAsync("""{"qr":"raster"}""");
        using var far = await _listener.AcceptSocketAsync();
        var long_ = new Slip([.. Enumerable.Repeat(new SlipElement.Qr(new string('x', 500), 4), 400)]);

        Assert.Equal(new PrintOutcome.InDoubt(), await _time.PassUntilAsync(printer.PrintAsync(long_, () => Task.CompletedTask, default)));
        Assert.False(printer.Ready);
    }

    private async Task<ITicketPrinter> OpenAsync(string options)
    {
        var link = $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        var settings = new DeviceSettings("p", "escpos", link, JsonDocument.Parse(options).RootElement);
        return (ITicketPrinter)await _time.PassUntilAsync(_driver.OpenAsync(settings, null, new DriverServices(_time, NullLogger.Instance), default));
    }

    private static async Task<byte[]> ReadExactlyAsync(Socket socket, int count)
    {
        var buffer = new byte[count];
        for (var read = 0; read < count;)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(read)).AsTask().WaitAsync(Watchdog);
            Assert.True(got > 0, "hung up");
            read += got;
        }

        return buffer;
    }
}
