using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Cash.Ssp.Emulation;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>Banknote validators of Innovative Technology that speak SSP: NV9, NV10, NV11, NV200, BV series. Settings, wiring and faults: README.md.</summary>
public sealed class SspDriver : IDriver
{
    public string Id => "ssp";

    public DeviceClass Class => DeviceClass.CashAcceptor;

    public IReadOnlyList<string> LinkSchemes => CashLink.Schemes;

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => SspOptions.Read(settings).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services)
    {
        var options = SspOptions.Of(settings);
        return new CashEmulator(new SspMachine(options, services.Time), "SSP notes", options.Emulated[0].Currency, services.Time);
    }

    public async Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel) =>
        await OpenAsync(await CashLink.OpenAsync(settings, (emulator as CashEmulator)?.Address, services.Time, cancel), SspOptions.Of(settings), services);

    /// <param name="link">Owned by the acceptor from now on; closed where it cannot be opened.</param>
    /// <exception cref="DeviceLostException">It does not answer, or is no validator.</exception>
    internal static async Task<ICashAcceptor> OpenAsync(ByteLink link, SspOptions options, DriverServices services) =>
        await SspAcceptor.OpenAsync(new SspTalk(link, options, services.Time), options, services);
}
