using Kiosk.Hardware.Cash.Emulation;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>Banknote acceptors that speak ccTalk. Settings, wiring and faults: README.md.</summary>
public sealed class CcTalkNotesDriver : IDriver
{
    public string Id => "cctalk-notes";

    public DeviceClass Class => DeviceClass.CashAcceptor;

    public IReadOnlyList<string> LinkSchemes => CcTalkOptions.Schemes;

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => CcTalkOptions.Read(settings, notes: true).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services)
    {
        var options = CcTalkOptions.Of(settings, notes: true);
        return new CashEmulator(new CcTalkMachine(options, services.Time), "ccTalk notes", options.Currency, services.Time);
    }

    public async Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel) =>
        await CcTalkOpening.OpenAsync(settings, emulator, notes: true, services, cancel);
}
