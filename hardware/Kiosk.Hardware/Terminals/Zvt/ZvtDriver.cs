using Kiosk.Hardware.Links;
using Kiosk.Hardware.Terminals.Zvt.Emulation;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Card terminals that speak ZVT, the German interface of terminals to tills and vending machines. Settings, wiring and faults: README.md.</summary>
public sealed class ZvtDriver : IDriver
{
    public string Id => "zvt";

    public DeviceClass Class => DeviceClass.CardTerminal;

    public IReadOnlyList<string> LinkSchemes { get; } = ["tcp", "serial"];

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => ZvtOptions.Check(settings);

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) => new ZvtEmulator(ZvtOptions.Of(settings), services.Time);

    public async Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        var options = ZvtOptions.Of(settings);
        var password = options.ReadPassword();
        var address = (emulator as ZvtEmulator)?.Address
            ?? (ByteLinkAddress.TryParse(settings.Link, out var parsed, out var message) ? parsed : throw new ArgumentException(message, nameof(settings)));
        var link = await address.OpenAsync(services.Time, cancel).ConfigureAwait(false);
        var terminal = new ZvtTerminal(link, address is ByteLinkAddress.Tcp ? new PlainFraming() : new DleFraming(), options, password, services);
        try
        {
            await terminal.StartAsync(cancel).ConfigureAwait(false);
            return terminal;
        }
        catch
        {
            await terminal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
