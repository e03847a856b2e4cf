using System.Runtime.CompilerServices;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>Pictures written by ImageMagick: black, white, grey, red, nothing (transparent) and dark grey, each row one further to the left.</summary>
public sealed class SlipImageTests
{
    [Theory]
    [InlineData("grey.png", "0 255 128 54 255 64")]
    [InlineData("grey.pgm", "0 255 128 54 255 64")]
    [InlineData("colour.png", "0 255 128 76 255 64")]
    [InlineData("colour-alpha.png", "0 255 128 76 255 64")]
    [InlineData("palette.png", "0 255 128 76 255 64")]
    [InlineData("two.png", "0 255 255 0 255 0")]
    [InlineData("two.pbm", "0 255 255 0 255 0")]
    public void Picture_is_read_as_grey_on_white(string file, string row)
    {
        var grey = row.Split(' ').Select(byte.Parse).ToArray();
        var image = Read(file);

        Assert.Equal((6, 4), (image.Width, image.Height));
        Assert.Equal([.. Enumerable.Range(0, 24).Select(i => grey[((i % 6) + (i / 6)) % 6])], image.Grey.ToArray());
    }

    [Fact]
    public void Every_row_filter_is_undone_and_data_in_two_parts_is_put_together() => Assert.Equal(Read("cloud.pgm").Grey.ToArray(), Read("cloud.filters.png").Grey.ToArray());

    [Theory]
    [InlineData("interlaced.png", "is interlaced; save it without")]
    [InlineData("deep.png", "has 16 bits a channel in colour type 2; save it with 8 bits, or as grey")]
    public void Kind_that_is_not_read_is_named_with_the_way_out(string file, string mistake) => Assert.Equal(mistake, Mistake(File.ReadAllBytes(At(file))));

    [Fact]
    public void Damage_is_found_and_no_file_is_believed_about_its_size()
    {
        var whole = File.ReadAllBytes(At("cloud.filters.png"));
        for (var length = 0; length < whole.Length - 24; length++) Assert.NotEmpty(Mistake(whole[..length]));
        var huge = (byte[])whole.Clone();
        huge[16] = 0x7F;

        Assert.EndsWith("allowed: up to 2048 × 1024", Mistake(huge), StringComparison.Ordinal);
        Assert.EndsWith("allowed: up to 2048 × 1024", Mistake("P4 9999999 8\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Equal("ends before its last row", Mistake("P5 # a comment\n 2 2 255\nabc"u8.ToArray()));
        Assert.StartsWith("is neither PNG nor PBM nor PGM", Mistake("GIF89a"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Logo_is_printed_dot_by_dot_in_the_middle_and_smaller_on_narrow_paper()
    {
        var dots = Dither.Draw(Read("two.png"), SlipAlign.Centre, 384);
        Assert.Equal([true, false, false, true, false, true], Enumerable.Range(189, 6).Select(x => dots[x, 0]));

        var wide = new SlipImage(800, 100, Enumerable.Repeat((byte)128, 80_000).ToArray());
        var narrow = Dither.Draw(wide, SlipAlign.Left, 384);
        var black = Enumerable.Range(0, 384 * 48).Count(i => narrow[i % 384, i / 384]);
        Assert.Equal((384, 48), (narrow.Width, narrow.Height));
        Assert.InRange(black, 384 * 48 * 48 / 100, 384 * 48 * 52 / 100);
    }

    [Fact]
    public void Tall_logo_is_sent_in_bands_and_comes_out_whole()
    {
        var image = new SlipImage(8, 500, Enumerable.Range(0, 4000).Select(i => i % 8 == i / 8 % 8 ? (byte)0 : (byte)255).ToArray());
        var options = EscPosProfiles.All["xprinter-58"];
        var machine = new EscPosMachine(options, _ => { });
        foreach (var value in new SlipEncoder(options).Encode(new Slip(new SlipElement.Picture(image, SlipAlign.Left)), false, [])) machine.Receive(value);

        var bands = machine.Paper.Slips()[0]!.AsArray().Select(line => line!["raster"]!).ToList();
        Assert.Equal([240, 240, 20], bands.Select(band => band["height"]!.GetValue<int>()));
        var rows = bands.SelectMany(band => Convert.FromBase64String(band["bits"]!.GetValue<string>()).Chunk(48)).ToList();
        Assert.All(Enumerable.Range(0, 500), y => Assert.Equal(0x80 >> (y % 8), rows[y][0]));
    }

    private static string Mistake(byte[] file)
    {
        Assert.False(SlipImage.TryRead(file, out _, out var mistake));
        return mistake;
    }

    private static SlipImage Read(string file)
    {
        Assert.True(SlipImage.TryRead(File.ReadAllBytes(At(file)), out var image, out var mistake), mistake);
        return image;
    }

    private static string At(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Pictures", file);
}
