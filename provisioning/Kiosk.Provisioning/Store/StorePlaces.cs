namespace Kiosk.Provisioning.Store;

/// <summary>Where copies are when nobody says: in the user's state directory (XDG), one file for each hall.</summary>
internal static class StorePlaces
{
    public static string Folder
    {
        get
        {
            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } set && Path.IsPathRooted(set)
                ? set
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            return Path.Combine(state, "kiosk");
        }
    }

    public static string Of(string hall) => Path.Combine(Folder, $"store-{hall}.db");
}
