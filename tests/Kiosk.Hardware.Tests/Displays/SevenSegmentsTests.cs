using System.Xml.Linq;
using Kiosk.Hardware.Displays;

namespace Kiosk.Hardware.Tests.Displays;

public sealed class SevenSegmentsTests
{
    [Fact]
    public void Every_ticket_number_reads_as_it_was_written()
    {
        foreach (var letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        {
            for (var serial = 1; serial < 1000; serial += 37)
            {
                var text = $"{letter}{serial:000}";
                Assert.Equal(text, SevenSegments.Read(SevenSegments.RightAligned(text, 8)));
            }
        }
    }

    [Theory]
    [InlineData("", "00 00 00 00")]
    [InlineData("1", "00 00 00 30")]
    [InlineData("a.1", "00 00 F7 30")]
    [InlineData("A012", "77 7E 30 6D")]
    [InlineData("A1234", "30 6D 79 33")]
    [InlineData("..", "00 00 80 80")]
    [InlineData("号", "00 00 00 08")]
    public void Text_stands_at_the_right_end(string text, string segments) =>
        Assert.Equal(segments, string.Join(' ', SevenSegments.RightAligned(text, 4).Select(shape => shape.ToString("X2", null))));

    [Fact]
    public void Picture_is_an_svg_with_as_many_red_segments_as_are_lit()
    {
        var picture = XDocument.Parse(SevenSegmentPicture.ToSvg([0x7F, 0x80, 0x00], label: "Counter <1>"));

        Assert.Equal("Counter <1>", picture.Root!.Attribute("aria-label")!.Value);
        Assert.Equal(3 * 8, picture.Descendants().Count(shape => shape.Name.LocalName is "polygon" or "circle"));
        Assert.Equal(8, picture.Descendants().Count(shape => (string?)shape.Attribute("fill") == "#ff2d1a"));
    }
}
