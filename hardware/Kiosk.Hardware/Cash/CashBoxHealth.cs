namespace Kiosk.Hardware.Cash;

/// <summary>What the state of its box means for an acceptor.</summary>
internal static class CashBoxHealth
{
    /// <returns>Null where the box is no reason to say anything.</returns>
    public static DeviceHealth? Of(CashBoxState box) => box switch
    {
        CashBoxState.NearFull => DeviceHealth.Degraded(DeviceFault.CashBoxNearFull),
        CashBoxState.Full => DeviceHealth.OutOfService(DeviceFault.CashBoxFull),
        CashBoxState.Removed => DeviceHealth.OutOfService(DeviceFault.CashBoxRemoved),
        CashBoxState.Unknown or CashBoxState.InPlace => null,
        _ => throw new ArgumentOutOfRangeException(nameof(box), box, null),
    };
}
