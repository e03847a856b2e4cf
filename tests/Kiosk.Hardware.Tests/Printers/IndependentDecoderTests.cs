using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>What others read in our bytes: the rig's command parser, which was written from Epson's reference and not from the driver, with Python's own codecs; and zbar for codes.</summary>
public sealed partial class IndependentDecoderTests : IDisposable
{
    private const string Link = "https://hall.example/ticket/C007";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slip");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("epson-tm-t82-gb18030", "gb18030")]
    [InlineData("xprinter-80", "gb18030")]
    [InlineData("epson-tm-t82-big5", "big5")]
    public async Task Chinese_ticket_comes_back_as_the_same_text(string profile, string font)
    {
        var slip = font == "big5" ? Tickets.TraditionalChinese : Tickets.SimplifiedChinese;
        var read = await DecodeAsync(slip, profile, font);

        Assert.Equal(slip.Elements.OfType<SlipElement.Text>().Select(text => text.Value), Lines(read).Where(line => !line.StartsWith('-') && !line.Contains("2026", StringComparison.Ordinal)));
        Assert.Contains(Lines(read), line => line.StartsWith("您前面有 5 人 ", StringComparison.Ordinal) && line.EndsWith(" 2026-01-05 08:15", StringComparison.Ordinal));
        Assert.Equal([Link], read["slips"]![0]!["codes"]!.AsArray().Select(code => (string?)code));
        Assert.Equal((0, 1, 0, 0), ((int)read["slips"]![0]!["pictures"]!, (int)read["markers"]!, (int)read["open"]!, read["unknown"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("epson-tm-t82-gb18030", "gb18030", "𠮷田 Ж 请")]
    [InlineData("epson-tm-t82-gb18030", "gb18030", "café ¥")]
    [InlineData("epson-tm-t82-big5", "big5", "请 简体")]
    public async Task What_is_not_in_the_two_byte_part_of_the_font_is_a_picture_and_no_byte_of_it_is_sent_as_text(string profile, string font, string text)
    {
        var read = await DecodeAsync(new Slip(new SlipElement.Text("A1"), new SlipElement.Text(text), new SlipElement.Text("Z9")), profile, font);

        Assert.Equal(["A1", "Z9"], Lines(read));
        Assert.Equal((1, 0), ((int)read["slips"]![0]!["pictures"]!, read["unknown"]!.AsArray().Count));
    }

    [Fact]
    public async Task Code_that_is_sent_as_a_picture_is_read_by_another_program()
    {
        await DecodeAsync(new Slip(new SlipElement.Qr(Link)), "xprinter-58", "gb18030");

        Assert.Equal(Link, await RunAsync("zbarimg", "--raw", "-q", Path.Combine(_folder.FullName, "0.pbm")));
    }

    [Fact]
    public async Task Code_in_the_picture_of_a_slip_is_read_by_another_program()
    {
        var svg = SlipPicture.Preview(new Slip(new SlipElement.Text("C007"), new SlipElement.Qr(Link, 5)), EscPosProfiles.All["generic-80"]);
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "svg.pgm"), Painted(svg));

        Assert.Equal(Link, await RunAsync("zbarimg", "--raw", "-q", Path.Combine(_folder.FullName, "svg.pgm")));
    }

    // The rectangles of the picture's paths, as any browser would fill them.
    private static byte[] Painted(string svg)
    {
        const int Side = 700;
        var dots = Enumerable.Repeat((byte)255, Side * Side).ToArray();
        foreach (Match rectangle in Rectangles().Matches(svg))
        {
            var (left, top, width, height) = (Of(1), Of(2), Of(3), Of(4));
            for (var y = top; y < top + height; y++) Array.Fill(dots, (byte)0, (y * Side) + left, width);
            int Of(int group) => int.Parse(rectangle.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        }

        return [.. "P5 700 700 255\n"u8, .. dots];
    }

    private async Task<JsonNode> DecodeAsync(Slip slip, string profile, string font)
    {
        var options = EscPosProfiles.All[profile];
        var file = Path.Combine(_folder.FullName, "slip.bin");
        await File.WriteAllBytesAsync(file, new SlipEncoder(options).Encode(slip, statusBack: options.Status == EscPosStatus.Asb, EscPosProtocol.Marker));
        return JsonNode.Parse(await RunAsync("python3", "-B", Path.Combine(Repository(), "tests/rig/checks/decode.py"), file, font, _folder.FullName))!;
    }

    private static IEnumerable<string> Lines(JsonNode read) => read["slips"]!.AsArray().Single()!["lines"]!.AsArray().Select(line => (string)line!);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(watchdog.Token), process.StandardError.ReadToEndAsync(watchdog.Token));
        await process.WaitForExitAsync(watchdog.Token);
        Assert.True(process.ExitCode == 0, $"{program}: {await complained}");
        return (await said).TrimEnd('\n');
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Kiosk.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v(\d+)h-")]
    private static partial Regex Rectangles();
}
