using System.Text.Json.Nodes;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>Slips that went through the encoder and came out of the emulated printer.</summary>
public sealed class SlipEncoderTests
{
    private static readonly EscPosOptions Chinese = EscPosProfiles.All["generic-80"], Latin = EscPosProfiles.All["epson-tm-t20"];

    [Fact]
    public void Initialising_switches_Chinese_mode_off_and_the_cut_is_four_bytes_before_the_marker()
    {
        var bytes = Encode(new Slip(new SlipElement.Text("A")), Chinese);

        Assert.Equal([0x1B, 0x40, 0x1C, 0x2E, (byte)'A', 0x0A, 0x1D, 0x56, 66, 0, 0x1D, 0x72, 1], bytes);
    }

    [Fact]
    public void Hanzi_are_wrapped_in_Chinese_mode_and_enlarged_by_both_commands()
    {
        var bytes = Encode(new Slip(new SlipElement.Text("A请B", Width: 2, Height: 2)), Chinese);

        Assert.Equal("1B401C2E" + "1C210C" + "1D2111" + "41" + "1C26C7EB1C2E" + "42" + "0A" + "1D564200" + "1D7201", Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData("generic-80", "中心营业厅|A007")]
    [InlineData("epson-tm-t82-big5", "中心門市|A007")]
    public void Hanzi_of_the_printers_own_font_come_out_as_text(string profile, string text)
    {
        var options = EscPosProfiles.All[profile];

        Assert.Equal(text, Texts(Print(new Slip([.. text.Split('|').Select(line => new SlipElement.Text(line))]), options)));
    }

    [Theory]
    [InlineData("epson-tm-t20", "请等候")]
    [InlineData("epson-tm-t82-big5", "请")]
    [InlineData("generic-80", "नमस्ते Ж 한국")]
    [InlineData("epson-tm-t20", "café")]
    public void What_the_printer_cannot_encode_comes_as_a_picture_and_never_as_a_question_mark(string profile, string text)
    {
        var options = EscPosProfiles.All[profile];
        var lines = Print(new Slip(new SlipElement.Text(text)), options);

        var raster = Assert.Single(lines)!["raster"]!;
        Assert.Equal(options.Dots, raster["width"]!.GetValue<int>());
        Assert.Contains(Convert.FromBase64String(raster["bits"]!.GetValue<string>()), bits => bits != 0);
    }

    [Fact]
    public void Without_a_font_the_code_point_is_printed_and_the_trouble_is_told()
    {
        var encoder = new SlipEncoder(Latin with { Fonts = ["/nowhere.ttf"] });
        var machine = new EscPosMachine(Latin, _ => { });
        foreach (var value in encoder.Encode(new Slip(new SlipElement.Text("请A")), false, [])) machine.Receive(value);

        Assert.Equal("U+8BF7A", Texts(machine.Paper.Slips()[0]!.AsArray()));
        Assert.Contains("font", encoder.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_never_holds_a_real_time_command()
    {
        var raster = new Raster(16, 4);
        new byte[] { 0x10, 0x04, 0x10, 0x14, 0x10, 0x05, 0x10, 0x10 }.CopyTo(raster.Bits, 0);

        Assert.Equal([0x30, 0x04, 0x30, 0x14, 0x30, 0x05, 0x10, 0x10], raster.SafeBits());
    }

    [Fact]
    public void Name_cannot_speak_to_the_printer()
    {
        Assert.Equal(" @A", Texts(Print(new Slip(new SlipElement.Text("\u001b@A")), Chinese)));
    }

    [Theory]
    [InlineData(48, "Left", "Right", "Left" + "                                       " + "Right")]
    [InlineData(24, "您前面有人", "08:15", "您前面有人         08:15")]
    public void Pair_fills_the_line_with_Hanzi_two_columns_wide(int columns, string left, string right, string line)
    {
        Assert.Equal(line, Texts(Print(new Slip(new SlipElement.Pair(left, right)), Chinese with { Columns = columns })));
    }

    [Fact]
    public void Pair_that_is_too_long_takes_two_lines()
    {
        var lines = Print(new Slip(new SlipElement.Pair(new string('a', 30), new string('b', 30))), Chinese);

        Assert.Equal(["left", "right"], lines.Select(line => line!["align"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("one two three four five six", 24, "one two three four five|six")]
    [InlineData("请留意叫号，过号请到咨询台。", 24, "请留意叫号，过号请到咨询|台。")]
    [InlineData("一二三四五六七八九十一二，三", 24, "一二三四五六七八九十一|二，三")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 24, "abcdefghijklmnopqrstuvwx|yz")]
    public void Long_text_is_wrapped_where_a_reader_expects_it(string text, int columns, string wrapped)
    {
        Assert.Equal(wrapped, Texts(Print(new Slip(new SlipElement.Text(text)), Chinese with { Columns = columns })));
    }

    [Theory]
    [InlineData(EscPosQr.Native, "qr")]
    [InlineData(EscPosQr.Raster, "raster")]
    [InlineData(EscPosQr.None, "runs")]
    public void Qr_code_is_printed_as_the_profile_can(EscPosQr kind, string line)
    {
        var lines = Print(new Slip(new SlipElement.Qr("https://hall.example/t/A042")), Chinese with { Qr = kind });

        Assert.NotNull(Assert.Single(lines)![line]);
    }

    [Fact]
    public void Qr_code_that_would_be_too_wide_is_printed_smaller_rather_than_left_out()
    {
        var lines = Print(new Slip(new SlipElement.Qr(new string('x', 300), 16)), EscPosProfiles.All["generic-58"]);

        Assert.InRange(Assert.Single(lines)!["module"]!.GetValue<int>(), 1, 6);
    }

    [Fact]
    public void Whole_ticket_keeps_its_styles_and_fits_the_paper()
    {
        var lines = Print(Tickets.SimplifiedChinese, Chinese);

        var number = lines[2]!["runs"]![0]!;
        Assert.Equal("""{"text":"C007","width":4,"height":4,"bold":true,"inverse":false,"align":"centre"}""", number.ToJsonString());
        Assert.Equal("套餐变更", lines[3]!["runs"]![0]!["text"]!.GetValue<string>());
        Assert.True(lines[3]!["runs"]![0]!["inverse"]!.GetValue<bool>());
        Assert.Equal("https://hall.example/ticket/C007", lines[^1]!["qr"]!.GetValue<string>());
        Assert.Equal(8, lines.Count);
    }

    [Fact]
    public void Slip_is_drawn_as_paper_with_its_text_and_its_code()
    {
        var svg = SlipPicture.Preview(Tickets.TraditionalChinese, EscPosProfiles.All["epson-tm-t82-big5"]);

        var drawn = System.Xml.Linq.XElement.Parse(svg);
        Assert.Contains("中心門市", string.Concat(drawn.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)), StringComparison.Ordinal);
        Assert.Contains("crispEdges", svg, StringComparison.Ordinal);
    }

    private static byte[] Encode(Slip slip, EscPosOptions options) => new SlipEncoder(options).Encode(slip, statusBack: false, EscPosProtocol.Marker);

    private static JsonArray Print(Slip slip, EscPosOptions options)
    {
        var machine = new EscPosMachine(options, _ => { });
        foreach (var value in Encode(slip, options)) machine.Receive(value);
        Assert.Equal((0, 0), (machine.Unknown, machine.Buffered));
        return Assert.Single(machine.Paper.Slips())!.AsArray();
    }

    private static string Texts(JsonArray lines) => string.Join("|", lines.Select(line =>
        string.Concat(line!["runs"]!.AsArray().Select(run => run!["text"]!.GetValue<string>()))));
}
