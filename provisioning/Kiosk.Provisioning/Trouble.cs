namespace Kiosk.Provisioning;

/// <summary>The command cannot go on. The message says what was seen and what to do; it is shown as it is.</summary>
internal sealed class Trouble(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
