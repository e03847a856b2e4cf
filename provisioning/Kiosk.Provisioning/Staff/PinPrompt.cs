using Kiosk.Journal.Accounts;

namespace Kiosk.Provisioning.Staff;

/// <summary>Where a PIN comes from: a file, a pipe, or a person who types it twice. Never the command line, which others can read.</summary>
internal static class PinPrompt
{
    public static string Read(string? file, TextWriter errors)
    {
        var pin = file is not null ? OfFile(file) : Console.IsInputRedirected ? Console.In.ReadLine()?.Trim() : Typed(errors);
        return Pin.Trouble(pin) is { } wrong ? throw new Trouble(ExitCode.Usage, wrong) : pin!;
    }

    private static string OfFile(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.NoInput, $"The PIN cannot be read from {file}: {failed.Message}", failed);
        }
    }

    private static string Typed(TextWriter errors)
    {
        var (first, second) = (Ask("PIN: ", errors), Ask("once more: ", errors));
        return first == second ? first : throw new Trouble(ExitCode.Usage, "The two were not the same: nothing was changed.");
    }

    private static string Ask(string question, TextWriter errors)
    {
        errors.Write(question);
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        errors.WriteLine();
        return typed.ToString();
    }
}
