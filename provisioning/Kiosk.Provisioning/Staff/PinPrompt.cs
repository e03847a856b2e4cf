using Kiosk.Journal.Accounts;

namespace Kiosk.Provisioning.Staff;

/// <summary>A PIN that may be one, however it is given.</summary>
internal static class PinPrompt
{
    public static string Read(string? file, TextWriter errors)
    {
        var pin = new SecretPrompt("PIN").Read(file, errors);
        return Pin.Trouble(pin) is { } wrong ? throw new Trouble(ExitCode.Usage, wrong) : pin!;
    }
}
