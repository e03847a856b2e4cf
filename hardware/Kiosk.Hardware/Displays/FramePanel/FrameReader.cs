using System.Globalization;

namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>What a frame said to the panels.</summary>
/// <param name="Address">Null where the frame has none.</param>
/// <param name="Text">The bytes of the text as they stand on the wire; null where the frame has none.</param>
internal sealed record FrameHeard(FrameTemplate Template, int? Address, int? Brightness, byte[]? Text);

/// <summary>
/// The panels' end: looks for frames in what arrives, byte by byte. What fits no frame is thrown away until something does, as a panel on a noisy line has
/// to do it.
/// </summary>
internal sealed class FrameReader(FramePanelOptions options, Action<FrameHeard> heard)
{
    private readonly List<byte> _bytes = [];

    private readonly FrameTemplate[] _templates =
        [.. new[] { options.Show, options.BrightnessFrame, options.LampTestFrame }.Where(template => template is not null).Select(template => template!)];

    /// <summary>Frames whose checksum was wrong, or that broke off: one for each run of bytes that were thrown away.</summary>
    public int BadFrames { get; private set; }

    private bool _throwing;

    public void Receive(byte value)
    {
        _bytes.Add(value);
        while (_bytes.Count > 0)
        {
            var fits = _templates.Select(Match).ToList();
            if (fits.Find(fit => fit.Frame is not null).Frame is { } frame)
            {
                _throwing = false;
                _bytes.Clear();
                heard(frame);
            }
            else if (fits.Exists(fit => fit.Pending)) return;
            else ThrowAway();
        }
    }

    public void Forget()
    {
        _bytes.Clear();
        _throwing = false;
    }

    private void ThrowAway()
    {
        if (!_throwing) BadFrames++;
        _throwing = true;
        _bytes.RemoveAt(0);
    }

    /// <returns>The frame if all of it is there, or whether what is there may still become one.</returns>
    private (FrameHeard? Frame, bool Pending) Match(FrameTemplate template)
    {
        var (at, starts) = (0, new int[template.Parts.Length + 1]);
        int? address = null, brightness = null, length = null;
        (int At, int Size) check = default;
        byte[]? text = null;
        for (var i = 0; i < template.Parts.Length; i++)
        {
            starts[i] = at;
            var size = Size(template.Parts[i]);
            var have = Math.Min(size, _bytes.Count - at);
            var piece = _bytes.GetRange(at, have).ToArray();
            if (!MayBe(template.Parts[i], piece)) return (null, false);
            if (have < size) return (null, true);
            switch (template.Parts[i])
            {
                case FramePart.Field { Kind: FrameField.Address } field: address = Number(piece, field.Form); break;
                case FramePart.Field { Kind: FrameField.Brightness } field: brightness = Number(piece, field.Form); break;
                case FramePart.Field { Kind: FrameField.Length } field: length = Number(piece, field.Form) - field.More; break;
                case FramePart.Field { Kind: FrameField.Text }: text = piece; break;
                case FramePart.Field { Kind: FrameField.Check }: check = (at, size); break;
            }

            at += size;
        }

        starts[^1] = at;
        if (length is { } said && said != (text?.Length ?? 0)) return (null, false);
        if (check.Size > 0 && !IsRight(_bytes.GetRange(starts[template.CheckFrom], starts[template.CheckTo] - starts[template.CheckFrom]), _bytes.GetRange(check.At, check.Size)))
            return (null, false);
        return (new FrameHeard(template, address, brightness, text), false);
    }

    private int Size(FramePart part) => part switch
    {
        FramePart.Field { Kind: FrameField.Text } => options.Text.WireBytes,
        FramePart.Field { Kind: FrameField.Check } => options.Check switch { "sum8" or "xor8" => 1, "sum16-hex" => 4, _ => 2 },
        FramePart.Field { Form: NumberForm.Hex2 or NumberForm.Decimal2 } => 2,
        FramePart.Field { Form: NumberForm.Decimal3 } => 3,
        _ => 1,
    };

    private bool MayBe(FramePart part, byte[] piece) => part switch
    {
        FramePart.Literal literal => piece.All(value => value == literal.Value),
        FramePart.Field { Kind: FrameField.Text } => options.Text.Encoding != TextEncoding.HexDigits || piece.All(value => char.IsAsciiHexDigit((char)value)),
        FramePart.Field { Kind: FrameField.Check } => true,
        FramePart.Field { Form: NumberForm.Hex2 } => piece.All(value => char.IsAsciiHexDigit((char)value)),
        FramePart.Field { Form: NumberForm.Byte } => true,
        _ => piece.All(value => char.IsAsciiDigit((char)value)),
    };

    private static int Number(byte[] piece, NumberForm form) => form switch
    {
        NumberForm.Byte => piece[0],
        NumberForm.Hex2 => int.Parse(Letters(piece), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        _ => int.Parse(Letters(piece), NumberStyles.None, CultureInfo.InvariantCulture),
    };

    private bool IsRight(List<byte> covered, List<byte> check) => options.Check switch
    {
        "sum8" => ((Total(covered) - check[0]) & 0xFF) == 0,
        "xor8" => Folded([.. covered, check[0]]) == 0,
        "sum8-hex" => Letters(check) == $"{Total(covered) & 0xFF:X2}",
        "xor8-hex" => Letters(check) == $"{Folded(covered):X2}",
        "sum16-hex" => Letters(check) == $"{Total(covered) & 0xFFFF:X4}",

        // A message with its own CRC behind it, low byte first, leaves nothing.
        "crc16-modbus" => Remainder([.. covered, .. check]) == 0,
        _ => true,
    };

    private static int Total(List<byte> bytes)
    {
        var total = 0;
        foreach (var value in bytes) total += value;
        return total;
    }

    private static int Folded(List<byte> bytes)
    {
        var folded = 0;
        foreach (var value in bytes) folded ^= value;
        return folded;
    }

    private static int Remainder(List<byte> bytes)
    {
        var register = 0xFFFF;
        foreach (var value in bytes)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var carry = ((register ^ (value >> bit)) & 1) == 1;
                register = (register >> 1) ^ (carry ? 0xA001 : 0);
            }
        }

        return register;
    }

    private static string Letters(IEnumerable<byte> piece) => string.Concat(piece.Select(value => (char)value));
}
