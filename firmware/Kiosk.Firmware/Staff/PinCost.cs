namespace Kiosk.Firmware.Staff;

/// <summary>How slow a PIN is to check. Tests take less.</summary>
internal sealed record PinCost(int Iterations);

/// <summary>The PIN that all accounts of a demo share, or null outside a demo.</summary>
internal sealed record DemoPin(string? Pin)
{
    public static IReadOnlyList<string> Users { get; } = Journal.Accounts.StaffAccount.Roles;
}
