namespace Kiosk.Provisioning;

/// <summary>Where profile and data are when nobody says: in the checkout that the program was built in, else where the package puts them.</summary>
internal static class Places
{
    private static readonly string? Checkout = FindCheckout();

    public static string Profile { get; } =
        Checkout is null ? "/etc/kiosk/hall.json" : Path.Combine(Checkout, "provisioning", "profiles", "telecom-hall.json");

    public static string Data =>
        Environment.GetEnvironmentVariable("KIOSK_DATA") is { Length: > 0 } set ? set
        : Checkout is null ? "/var/lib/kiosk"
        : Path.Combine(Checkout, ".data");

    private static string? FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kiosk.sln"))) folder = folder.Parent;
        return folder?.FullName;
    }
}
