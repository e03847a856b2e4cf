using Kiosk.Domain.Books;
using Kiosk.Firmware.Web.Api;

namespace Kiosk.Firmware.Books;

/// <summary>What people write into the books: trimmed, with a limit, and with long numbers masked before anything keeps them.</summary>
internal static class BookTexts
{
    public const int TextLimit = 500, NameLimit = 40, ContactLimit = 60;

    /// <exception cref="BadInputException">Empty or too long.</exception>
    public static string Text(string field, string? text, int limit = TextLimit) =>
        Optional(field, text, limit) ?? throw new BadInputException(field, $"The field \"{field}\" is missing: 1 to {limit} signs.");

    /// <exception cref="BadInputException">Too long.</exception>
    public static string? Optional(string field, string? text, int limit = TextLimit) => Plain(field, text, limit) is { } plain ? DigitMask.Mask(plain) : null;

    /// <summary>As it was written: for what is kept among the personal data, and nowhere else.</summary>
    /// <exception cref="BadInputException">Too long.</exception>
    public static string? Plain(string field, string? text, int limit)
    {
        var trimmed = text?.Trim().ReplaceLineEndings("\n");
        if (string.IsNullOrEmpty(trimmed)) return null;
        if (trimmed.Length > limit) throw new BadInputException(field, $"The field \"{field}\" has {trimmed.Length} signs; allowed are {limit}.");
        return trimmed.Any(sign => char.IsControl(sign) && sign is not '\n' and not '\t')
            ? throw new BadInputException(field, $"The field \"{field}\" has control signs in it.")
            : trimmed;
    }
}
