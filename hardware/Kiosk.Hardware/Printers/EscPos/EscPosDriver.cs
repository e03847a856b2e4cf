using System.Collections.Concurrent;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Printers.EscPos.Emulation;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>Ticket printers that speak ESC/POS: Epson and the many makes that follow it.</summary>
public sealed class EscPosDriver : IDriver
{
    /// <summary>Printers that have answered since the host started: silence of one of these is a fault, not its nature. One entry per configured device.</summary>
    private readonly ConcurrentDictionary<(string Id, string Link), bool> _haveAnswered = new();

    public string Id => "escpos";

    public DeviceClass Class => DeviceClass.TicketPrinter;

    public IReadOnlyList<string> LinkSchemes { get; } = ["tcp", "usb", "serial"];

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings)
    {
        var mistakes = EscPosOptionsReader.Read(settings.Options).Mistakes;
        return settings.Emulated || ByteLinkAddress.TryParse(settings.Link, out _, out var message) ? mistakes : [new SettingMistake("link", message), .. mistakes];
    }

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) => new EscPosEmulator(EscPosOptionsReader.Read(settings.Options).Options, services.Time);

    public async Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        var options = EscPosOptionsReader.Read(settings.Options).Options;
        var link = await AddressOf(settings, emulator).OpenAsync(services.Time, cancel).ConfigureAwait(false);
        var talk = new PrinterTalk(link, options.ReplyTimeout, services.Time);
        try
        {
            var reports = await ReportsAsync(talk, options, (settings.Id, settings.Link)).ConfigureAwait(false);
            var printer = new EscPosPrinter(link, talk, reports, options, new SlipEncoder(options), services.Time);
            await printer.StartAsync().ConfigureAwait(false);
            return printer;
        }
        catch
        {
            await talk.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static ByteLinkAddress AddressOf(DeviceSettings settings, IEmulator? emulator) => emulator is EscPosEmulator printer
        ? new ByteLinkAddress.Tcp("127.0.0.1", printer.Port)
        : ByteLinkAddress.TryParse(settings.Link, out var address, out var message) ? address : throw new ArgumentException(message, nameof(settings));

    private async Task<bool> ReportsAsync(PrinterTalk talk, EscPosOptions options, (string, string) printer)
    {
        if (options.Status != EscPosStatus.Auto) return options.Status != EscPosStatus.None;

        // One question only: a second one could be answered by the late answer to the first.
        var known = _haveAnswered.ContainsKey(printer);
        talk.LateStatus += () =>
        {
            _haveAnswered[printer] = true;
            talk.Lose(new DeviceLostException(DeviceFault.Silent, "the printer does report its status, but late"));
        };
        if (await talk.AskAsync(EscPosProtocol.PrinterStatus, options.ReplyTimeout, silenceIsLoss: known).ConfigureAwait(false) is null) return false;
        _haveAnswered[printer] = true;
        return true;
    }
}
