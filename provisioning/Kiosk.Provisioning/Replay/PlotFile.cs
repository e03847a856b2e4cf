namespace Kiosk.Provisioning.Replay;

/// <summary>Where a picture goes.</summary>
internal static class PlotFile
{
    /// <summary>Before the work that it is to show: a long log is not replayed for a picture that has no place.</summary>
    /// <exception cref="Trouble">The folder is not there.</exception>
    public static void Check(string? path)
    {
        if (path is not null && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new Trouble(ExitCode.NoInput, $"{path} cannot be written: there is no folder {folder}.");
    }

    /// <exception cref="Trouble">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, string svg, CancellationToken cancel)
    {
        try
        {
            await File.WriteAllTextAsync(path, svg, cancel);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.NoInput, $"{path} cannot be written: {refused.Message}", refused);
        }
    }
}
