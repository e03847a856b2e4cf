using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>Frames of one kind of panel, filled in. Pure.</summary>
internal sealed class FrameWriter(FramePanelOptions options)
{
    public byte[] Show(int address, string text) => Fill(options.Show, address, 0, options.Text.Encode(text));

    public byte[] Brightness(FrameTemplate template, int address, int brightness) => Fill(template, address, brightness, []);

    public byte[] LampTest(FrameTemplate template, int address) => Fill(template, address, 0, []);

    private byte[] Fill(FrameTemplate template, int address, int brightness, byte[] text)
    {
        // The checksum may stand before what it covers: it is filled in at the end.
        var pieces = template.Parts.Select(part => part switch
        {
            FramePart.Literal(var value) => [value],
            FramePart.Field { Kind: FrameField.Text } => text,
            FramePart.Field { Kind: FrameField.Check } => [],
            FramePart.Field { Kind: FrameField.Address } field => Number(address, field.Form),
            FramePart.Field { Kind: FrameField.Brightness } field => Number(brightness, field.Form),
            FramePart.Field { Kind: FrameField.Length } field => Number(text.Length + field.More, field.Form),
            _ => throw new UnreachableException(),
        }).ToArray();
        byte[] covered = [.. pieces[template.CheckFrom..template.CheckTo].SelectMany(piece => piece)];
        return [.. template.Parts.Zip(pieces).SelectMany(piece =>
            piece.First is FramePart.Field { Kind: FrameField.Check } ? FrameCheck.Kinds[options.Check!](covered) : piece.Second)];
    }

    private static byte[] Number(int value, NumberForm form) => form switch
    {
        NumberForm.Hex2 => Digits(value, "X2"),
        NumberForm.Decimal1 => Digits(value, "D1"),
        NumberForm.Decimal2 => Digits(value, "D2"),
        NumberForm.Decimal3 => Digits(value, "D3"),
        _ => [(byte)value],
    };

    private static byte[] Digits(int value, string format) => Encoding.ASCII.GetBytes(value.ToString(format, CultureInfo.InvariantCulture));
}
