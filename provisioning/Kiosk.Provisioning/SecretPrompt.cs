namespace Kiosk.Provisioning;

/// <summary>Where a PIN or a password comes from: a file, a pipe, or a person who types it twice. Never the command line, which others can read.</summary>
/// <param name="what">As it is asked for: <c>PIN</c>.</param>
internal sealed class SecretPrompt(string what)
{
    /// <returns>Empty or null where there was none.</returns>
    /// <exception cref="Trouble">The file cannot be read, or two different things were typed.</exception>
    public string? Read(string? file, TextWriter errors) =>
        file is not null ? OfFile(file) : Console.IsInputRedirected ? Console.In.ReadLine()?.Trim() : Typed(errors);

    private string OfFile(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.NoInput, $"The {what} cannot be read from {file}: {failed.Message}", failed);
        }
    }

    private string Typed(TextWriter errors)
    {
        var (first, second) = (Ask($"{what}: ", errors), Ask("once more: ", errors));
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
