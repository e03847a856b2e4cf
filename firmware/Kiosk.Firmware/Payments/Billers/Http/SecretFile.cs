namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>A file that only the host's user may read.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public static string? Trouble(string path)
    {
        try
        {
            if (!File.Exists(path)) return $"the file {path} does not exist";
            if ((File.GetUnixFileMode(path) & Others) != 0) return $"the file {path} can be read or changed by others than its owner: chmod 600 {path}";

            using var open = File.OpenRead(path);
            return open.Length == 0 ? $"the file {path} is empty" : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return $"the file {path} cannot be read: {failed.Message}";
        }
    }

    /// <summary>The first line, without spaces around it. Looked at again each time: a changed file is seen.</summary>
    /// <exception cref="IOException">It cannot be read, is empty, or others may read it.</exception>
    public static string Read(string path)
    {
        if (Trouble(path) is { } trouble) throw new IOException(trouble);
        return File.ReadLines(path).First().Trim() is { Length: > 0 } secret ? secret : throw new IOException($"the first line of {path} is empty");
    }
}
