namespace Kiosk.Hardware;

/// <summary>The same garbage at each start of the same device: what was seen can be seen again.</summary>
internal static class DeviceSeed
{
    public static int Of(string device) => device.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter));
}
