namespace Kiosk.Provisioning.Replay;

/// <summary>Where a picture goes.</summary>
internal static class PlotFile
{
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
