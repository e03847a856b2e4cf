namespace Kiosk.Hardware;

/// <summary>Every driver the appliance has: one line each.</summary>
public static class DriverCatalog
{
    public static IReadOnlyList<IDriver> All { get; } =
    [
        new Announcers.Clips.ClipsDriver(),
        new Announcers.Espeak.EspeakDriver(),
        new Buttons.GpioButtons.GpioButtonsDriver(),
        new Cash.CcTalk.CcTalkCoinsDriver(),
        new Cash.CcTalk.CcTalkNotesDriver(),
        new Cash.Id003.Id003Driver(),
        new Cash.Ssp.SspDriver(),
        new Displays.AlphaSign.AlphaSignDriver(),
        new Displays.FramePanel.FramePanelDriver(),
        new Displays.Ht16k33.Ht16k33Driver(),
        new Displays.Max7219.Max7219Driver(),
        new Printers.EscPos.EscPosDriver(),
        new Terminals.Zvt.ZvtDriver(),
    ];

    public static IDriver? Find(string id) => All.FirstOrDefault(driver => driver.Id == id);

    /// <summary>Every mistake in a device's settings, an unknown driver among them. Opens nothing.</summary>
    public static IReadOnlyList<SettingMistake> Check(DeviceSettings settings) =>
        Find(settings.Driver) is { } driver
            ? driver.Check(settings)
            : [new("driver", $"unknown driver \"{settings.Driver}\"; allowed: {string.Join(", ", All.Select(known => known.Id))}")];
}
