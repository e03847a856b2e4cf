using System.Text.Json;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;
using Kiosk.Hardware.Tests.Links;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>The emulator on its TCP port, as the demo hall uses it.</summary>
internal sealed class EscPosTcpBench : PrinterBench
{
    private readonly EscPosDriver _driver = new();
    private readonly DeviceSettings _settings;

    public EscPosTcpBench(object options)
    {
        _settings = new DeviceSettings("ticket-printer", "escpos", "emulated:", JsonSerializer.SerializeToElement(options));
        Assert.Empty(_driver.Check(_settings));
        Emulator = _driver.Emulate(_settings, Services);
    }

    public override IEmulator Emulator { get; }

    private DriverServices Services => new(Time, NullLogger.Instance);

    public override async Task<ITicketPrinter> OpenAsync() =>
        (ITicketPrinter)await Time.PassUntilAsync(_driver.OpenAsync(_settings, Emulator, Services, default));

    public override Task UnplugAsync()
    {
        Do("power", new { state = "off" });
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => Emulator.DisposeAsync();
}

/// <summary>The emulator at the far end of a pseudo-terminal. A power loss is a hang-up; then it gets a new cable.</summary>
internal sealed class EscPosSerialBench : PrinterBench
{
    private readonly EscPosDriver _driver = new();
    private readonly JsonElement _options;
    private readonly EscPosEmulator _emulator;
    private PseudoTerminal? _cable;
    private Task _serving = Task.CompletedTask;

    public EscPosSerialBench(object options)
    {
        _options = JsonSerializer.SerializeToElement(options);
        _emulator = (EscPosEmulator)_driver.Emulate(new DeviceSettings("p", "escpos", "emulated:", _options), Services);
    }

    public override IEmulator Emulator => _emulator;

    private DriverServices Services => new(Time, NullLogger.Instance);

    public override async Task<ITicketPrinter> OpenAsync()
    {
        if (!_emulator.Look()["connected"]!.GetValue<bool>()) await PlugAsync();
        var settings = new DeviceSettings("ticket-printer", "escpos", $"serial://{_cable!.Path}?baud=115200&framing=8N1", _options);
        Assert.Empty(_driver.Check(settings));
        return (ITicketPrinter)await Time.PassUntilAsync(_driver.OpenAsync(settings, null, Services, default));
    }

    public override async Task UnplugAsync()
    {
        await _cable!.DisposeAsync();
        await _serving;
    }

    public override async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        if (_cable is not null) await _cable.DisposeAsync();
        await _serving;
    }

    private async Task PlugAsync()
    {
        await _serving.WaitAsync(TimeSpan.FromSeconds(10));
        if (_cable is not null) await _cable.DisposeAsync();
        _cable = new PseudoTerminal(Time);
        _serving = _emulator.ServeAsync(_cable.Far, default);
    }
}
