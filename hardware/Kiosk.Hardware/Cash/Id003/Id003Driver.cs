using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Cash.Id003.Emulation;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.Id003;

/// <summary>Banknote acceptors of JCM that speak ID-003: EBA, UBA, iVIZION, Vega and others. Settings, wiring and faults: README.md.</summary>
public sealed class Id003Driver : IDriver
{
    public string Id => "id003";

    public DeviceClass Class => DeviceClass.CashAcceptor;

    public IReadOnlyList<string> LinkSchemes => CashLink.Schemes;

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => Id003Options.Read(settings).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services)
    {
        var options = Id003Options.Of(settings);
        return new CashEmulator(new Id003Machine(options, services.Time), "ID-003 notes", options.Currency, services.Time);
    }

    public async Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel) =>
        await OpenAsync(await CashLink.OpenAsync(settings, (emulator as CashEmulator)?.Address, services.Time, cancel), Id003Options.Of(settings), services);

    /// <param name="link">Owned by the acceptor from now on; closed where it cannot be opened.</param>
    /// <exception cref="DeviceLostException">It does not answer, or is no acceptor.</exception>
    internal static async Task<ICashAcceptor> OpenAsync(ByteLink link, Id003Options options, DriverServices services) =>
        await Id003Acceptor.OpenAsync(new Id003Talk(link, options, services.Time), options, services);
}
