namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>What the terminal says of itself, as health.</summary>
internal static class TerminalHealth
{
    /// <param name="code">Of a refused 06 00.</param>
    public static DeviceHealth OfRegistration(byte code) =>
        DeviceHealth.OutOfService(code == ZvtResult.Busy ? DeviceFault.Offline : DeviceFault.NotRegistered, $"registration refused: {ResultText.Of(code)}");

    /// <param name="code">Status code of 05 01.</param>
    /// <param name="told">False: the terminal cannot tell its status.</param>
    /// <param name="trouble">What its diagnosis found, or null.</param>
    public static DeviceHealth OfState(byte code, bool told, string? trouble) => code switch
    {
        ZvtResult.Done or ZvtResult.CardInserted when trouble is not null => DeviceHealth.OutOfService(DeviceFault.Offline, trouble),
        ZvtResult.Done when !told => DeviceHealth.Degraded(DeviceFault.NoStatus, "does not know the status enquiry"),
        ZvtResult.Done or ZvtResult.CardInserted => DeviceHealth.Ok,
        ZvtResult.NotRegistered => DeviceHealth.OutOfService(DeviceFault.NotRegistered, ResultText.Of(code)),
        ZvtResult.PrinterNotReady => DeviceHealth.OutOfService(DeviceFault.OutOfPaper, ResultText.Of(code)),

        // It works and takes no payment until somebody, or the settlement, closes its day.
        ZvtResult.EndOfDayDue => DeviceHealth.Degraded(DeviceFault.Offline, ResultText.Of(code)),
        ZvtResult.Busy or ZvtResult.DiagnosisRequired => DeviceHealth.Degraded(DeviceFault.Offline, ResultText.Of(code)),
        _ => DeviceHealth.OutOfService(DeviceFault.Offline, ResultText.Of(code)),
    };
}
