using System.Xml.Linq;
using Kiosk.Hardware.Displays;

namespace Kiosk.Hardware.Tests.Displays;

public sealed class DotFontTests
{
    [Fact]
    public void Every_character_reads_as_it_was_written()
    {
        foreach (var letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._‖")
        {
            Assert.Equal($"{letter}0", DotFont.Read(DotFont.RightAligned($"{letter}0", 8, 32)));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a012", "A012")]
    [InlineData("A012345", "12345")]
    [InlineData("号1", "_1")]
    public void Text_stands_at_the_right_end_and_keeps_it_when_it_is_too_long(string text, string read) =>
        Assert.Equal(read, DotFont.Read(DotFont.RightAligned(text, 8, 32)));

    [Fact]
    public void One_stands_in_the_last_column_but_one_and_leaves_the_top_row_free() =>
        Assert.Equal(
            ["........", ".....#..", "....##..", ".....#..", ".....#..", ".....#..", ".....#..", "....###."],
            DotFont.RightAligned("1", 8, 8).Lines());

    [Fact]
    public void Picture_is_an_svg_with_a_point_for_each_lamp()
    {
        var dots = DotFont.RightAligned("1", 8, 8);

        var picture = XDocument.Parse(DotMatrixPicture.ToSvg(dots, label: "Counter <1>"));

        Assert.Equal("Counter <1>", picture.Root!.Attribute("aria-label")!.Value);
        Assert.Equal([54, 10], picture.Descendants().Where(shape => shape.Name.LocalName == "path").Select(path => path.Attribute("d")!.Value.Split("h0").Length - 1));
    }
}
