using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;
using Kiosk.Hardware.Printers.Templates;

namespace Kiosk.Hardware.Tests.Printers;

public sealed class SlipTemplateTests
{
    private const string Small = """
        slip ticket
        words en
          ahead = People ahead
        words zh-CN
          ahead = 前面人数
        paper
          centre big5x5 bold: {number}
        """;

    /// <summary>What every ticket has to print; on the sample's original it is one line, A042.</summary>
    private const string Must = "\ntext: {number}\nif copy\ntext: {copy}\nend";

    [Fact]
    public void Ticket_that_comes_with_the_program_is_the_one_that_halls_know()
    {
        var fields = SlipSamples.Of(SlipKind.Ticket, "zh-CN", copy: 1);
        SlipElement[] expected =
        [
            new SlipElement.Text("城东营业厅", SlipAlign.Centre, Bold: true),
            new SlipElement.Text(" 补打 1 ", SlipAlign.Centre, Inverse: true),
            new SlipElement.Rule(),
            new SlipElement.Text("套餐变更", SlipAlign.Centre, 2, 2),
            new SlipElement.Feed(),
            new SlipElement.Text("A042", SlipAlign.Centre, 5, 5, Bold: true),
            new SlipElement.Feed(),
            new SlipElement.Pair("前面等候人数", "5"),
            new SlipElement.Pair("预计等候", "约 10 到 20 分钟"),
            new SlipElement.Pair("取号时间", "2026-01-05 08:15"),
            new SlipElement.Rule(),
            new SlipElement.Qr("http://192.168.1.10:8080/ticket/k7m2p9xw4h"),
            new SlipElement.Text("扫码查看排队进度", SlipAlign.Centre),
            new SlipElement.Text("请留意叫号，过号请咨询引导员", SlipAlign.Centre),
        ];

        Assert.Equal(expected, SlipTemplateFile.BuiltIn(SlipKind.Ticket).Compose("zh-CN", fields).Elements);
        fields["copy"] = fields["link"] = fields["wait"] = "";
        Assert.Equal([.. expected[..1], .. expected[2..8], .. expected[9..11], expected[13]], SlipTemplateFile.BuiltIn(SlipKind.Ticket).Compose("zh-CN", fields).Elements);
    }

    [Fact]
    public void Receipt_shows_what_was_paid_by_card_with_the_lines_of_the_terminal_or_an_open_case()
    {
        var fields = SlipSamples.Of(SlipKind.Receipt, "en", copy: 0);
        Assert.Equal(
            ["East Street Hall", "Payment receipt", "Receipt|20260105-0042", "Date|2026-01-05 08:15", "Paid to|Example Power", "Account|*******4821", "¥58.00",
                "Card|**** **** **** 1234", "Reference|N-20260105-17", "TID 52500041  TRACE 0177\nAID 378012  00 APPROVED", "Please keep this receipt",
                "[http://192.168.1.10:8080/receipt/k7m2p9xw4h 6]"],
            Texts(SlipTemplateFile.BuiltIn(SlipKind.Receipt).Compose("en", fields)));

        (fields["card"], fields["terminal"], fields["cash"], fields["change"], fields["case"]) = ("", "", "¥60.00", "¥2.00", "F-17");
        var texts = Texts(SlipTemplateFile.BuiltIn(SlipKind.Receipt).Compose("zh-TW", fields));
        Assert.Equal(["收現金|¥60.00", "找零|¥2.00", "受理編號|F-17"], texts.Where(text => text.Contains("0.00", StringComparison.Ordinal) || text.Contains("2.00", StringComparison.Ordinal) || text.Contains("F-17", StringComparison.Ordinal)));
    }

    [Fact]
    public void Language_without_words_is_served_in_English_or_else_in_the_first()
    {
        var fields = SlipSamples.Of(SlipKind.Ticket, "fr", 0);
        Assert.Equal(["People ahead", "A042"], Texts(Read(Small.Replace("{number}", "{words.ahead}", StringComparison.Ordinal)).Compose("fr", fields)));
        Assert.Equal(["前面人数", "A042"], Texts(Read("slip ticket\nwords zh-CN\nahead = 前面人数\npaper\ntext: {words.ahead}").Compose("fr", fields)));
    }

    [Theory]
    [InlineData("text: a {{b}} c", "a {b} c")]
    [InlineData("text: \" {number} \"", " A042 ")]
    [InlineData("text: \"", "\"")]
    [InlineData("text: 8:15 {time}", "8:15 08:15")]
    [InlineData("pair bold: {number} | {words.ahead}", "A042|People ahead")]
    [InlineData("if not copy\ntext: original\nend", "original")]
    [InlineData("if link\nif not copy\nqr 4: x{link}\nend\nend", "[xhttp://192.168.1.10:8080/ticket/k7m2p9xw4h 4]")]
    [InlineData("if copy\ntext: copy\nend\ntext: both", "both")]
    public void Line_prints_what_it_says(string lines, string text) =>
        Assert.Equal([text, "A042"], Texts(Read(Small.Replace("centre big5x5 bold: {number}", lines, StringComparison.Ordinal)).Compose("en", SlipSamples.Of(SlipKind.Ticket, "en", 0))));

    [Theory]
    [InlineData("center: {number}", "\"center\" is not known; allowed: text, left, centre, right, bold, inverse, big2x2 (width x height, 1 to 8), pair, rule, feed, qr, logo, if, end")]
    [InlineData("big9x1: {number}", "\"big9x1\" is not known; allowed: text, left, centre")]
    [InlineData("centre: {nummer}", "{nummer} is not known on a ticket; allowed: {hall}, {number}, {service}, {ahead}, {wait}, {issued}, {date}, {time}, {link}, {copy}, {words.NAME}")]
    [InlineData("centre: {words.behind}", "{words.behind} is not known; allowed: {words.ahead}")]
    [InlineData("centre: {number", "has a brace without its partner; allowed: {field}, or {{ and }} for the signs themselves")]
    [InlineData("centre", "\"centre\" prints nothing: it needs a colon and what is printed")]
    [InlineData("pair: {number}", "a pair has one \" | \" between left and right")]
    [InlineData("pair centre: a | b", "a pair is not \"centre\"; allowed: pair: LEFT | RIGHT, pair bold: LEFT | RIGHT")]
    [InlineData("feed 21", "\"feed 21\" is not allowed; allowed: 1 to 20")]
    [InlineData("rule: x", "\"rule: x\" is not known; allowed: rule, feed, feed 1 to feed 20")]
    [InlineData("qr: {link}", "{link} may be empty, and a code of nothing cannot be read: put it between \"if link\" and \"end\"")]
    [InlineData("if not link\nqr: {link}\nend", "{link} may be empty")]
    [InlineData("qr 17: x", "\"qr 17\" is not allowed; allowed: 1 to 16")]
    [InlineData("logo: ../secret.png", "\"../secret.png\" is no file beside the template; allowed: a name of letters")]
    [InlineData("logo: none.png", "none.png is not there")]
    [InlineData("if number\ntext: x\nend", "\"if\" cannot ask for \"number\"; allowed: wait, link, copy")]
    [InlineData("if link", "\"if link\" has no \"end\"")]
    [InlineData("end", "\"end\" closes no \"if\"")]
    [InlineData("paper", "\"paper\" stands here twice; leave one")]
    public void Mistake_is_named_with_its_line_and_what_is_allowed(string line, string message)
    {
        var mistake = Assert.Single(Mistakes(Small.Replace("centre big5x5 bold: {number}", line, StringComparison.Ordinal)));

        Assert.StartsWith(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(line.StartsWith("if not link", StringComparison.Ordinal) ? 8 : 7, mistake.Line);
    }

    [Theory]
    [InlineData("", 0, "the first line says what it is; allowed: slip ticket, slip receipt")]
    [InlineData("# x\n\npaper", 3, "the first line says what it is")]
    [InlineData("slip voucher", 1, "\"slip voucher\" is not expected; allowed: slip ticket, slip receipt")]
    [InlineData("slip ticket", 1, "has no \"paper\"; allowed: words, paper")]
    [InlineData("slip ticket\npaper", 2, "prints nothing")]
    [InlineData("slip ticket\nahead = x\npaper\nrule", 2, "\"ahead = x\" belongs to no part; allowed here: words, paper")]
    [InlineData("slip ticket\nwords english\npaper\nrule", 2, "\"english\" is no language; allowed: a tag as zh-CN, zh-TW or en")]
    [InlineData("slip ticket\nwords en\na = 1\nwords en\na = 1\npaper\nrule", 4, "words for en stand here twice; leave one")]
    [InlineData("slip ticket\nwords en\na = 1\nb = 2\nwords zh-CN\na = 1\nc = 2\npaper\nrule", 8, "words zh-CN lacks b, which words en has")]
    [InlineData("slip ticket\nwords en\na = 1\na = 2\npaper\nrule", 4, "the word \"a\" stands here twice; leave one")]
    [InlineData("slip ticket\nwords en\nA b\npaper\nrule", 3, "\"A b\" is no word; allowed: name = text")]
    [InlineData("slip ticket\npaper\ntext: {words.a}", 3, "{words.a}: there are no words; add a part \"words LANGUAGE\" before \"paper\"")]
    public void Mistake_outside_of_the_paper_is_named_as_well(string text, int line, string message)
    {
        var mistake = Mistakes(text)[0];

        Assert.Equal(line, mistake.Line);
        Assert.StartsWith(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slip ticket\npaper\ntext: hello\nif copy\ntext: {copy}\nend", "does not print {number} on every ticket")]
    [InlineData("slip ticket\npaper\nif copy\ntext: {number} {copy}\nend\ntext: x", "does not print {number} on every ticket")]
    [InlineData("slip ticket\npaper\ntext: {number}", "does not print {copy}")]
    [InlineData("slip ticket\npaper\ntext: {number}\nif not copy\ntext: {copy}\nend", "does not print {copy}")]
    [InlineData("slip receipt\npaper\ntext: {receipt} {copy}", "does not print {amount} on every receipt")]
    public void Slip_that_lacks_what_makes_it_one_is_refused(string text, string message) => Assert.StartsWith(message, Assert.Single(Mistakes(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Slip_of_metres_is_refused() => Assert.StartsWith(
        "takes 202 lines of paper; allowed: up to 150", Assert.Single(Mistakes("slip ticket\npaper" + string.Concat(Enumerable.Repeat("\nfeed 20", 10)) + Must)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_mistake_is_listed_in_the_order_of_the_lines() => Assert.Equal(
        ["line 4: \"if\" cannot ask for \"hall\"", "line 5: \"big\" is not known", "line 6: {a} is not known on a ticket", "line 6: {b} is not known on a ticket"],
        Mistakes("slip ticket\n# first\npaper\nif hall\nbig: x\npair: {a} | {b}\nend").Select(mistake => mistake.ToString().Split(';')[0]));

    [Fact]
    public void Logo_that_lies_beside_the_template_is_on_the_slip()
    {
        var folder = Directory.CreateTempSubdirectory("slips");
        try
        {
            var file = Path.Combine(folder.FullName, "ticket.slip");
            File.WriteAllBytes(Path.Combine(folder.FullName, "logo.pbm"), [.. "P4 8 1\n"u8, 0xAA]);
            File.WriteAllText(file, "slip ticket\npaper\nlogo right: logo.pbm" + Must);

            Assert.Empty(SlipTemplateFile.Read(file, SlipKind.Ticket, out var template));
            var picture = Assert.IsType<SlipElement.Picture>(template!.Compose("en", SlipSamples.Of(SlipKind.Ticket, "en", 0)).Elements[0]);
            Assert.Equal((SlipAlign.Right, 8), (picture.Align, picture.Image.Width));

            File.WriteAllText(file, "slip receipt\npaper\nlogo: other.pbm");
            Assert.Equal("line 1: \"slip receipt\" is not expected; allowed: slip ticket", Assert.Single(SlipTemplateFile.Read(file, SlipKind.Ticket, out _)).ToString());
            Assert.Equal($"line 3: other.pbm is not in {folder.FullName}", Assert.Single(SlipTemplateFile.Read(file, null, out _)).ToString());
            Assert.StartsWith("cannot be read: ", Assert.Single(SlipTemplateFile.Read(file + "x", null, out _)).ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("generic-80")]
    [InlineData("generic-58")]
    public void Receipt_fits_on_every_paper(string profile)
    {
        var options = EscPosProfiles.All[profile];
        foreach (var language in new[] { "zh-CN", "zh-TW", "en" })
        {
            var machine = new EscPosMachine(options, _ => { });
            var slip = SlipTemplateFile.BuiltIn(SlipKind.Receipt).Compose(language, SlipSamples.Of(SlipKind.Receipt, language, 1));
            foreach (var value in new SlipEncoder(options).Encode(slip, false, [])) machine.Receive(value);

            Assert.Equal((1, 0), (machine.Paper.SlipCount, machine.Unknown));
            Assert.Contains("20260105-0042", machine.Paper.Slips().ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("zh-CN", "预计等候", "约 10 到 20 分钟")]
    [InlineData("zh-TW", "預計等候", "約 10 到 20 分鐘")]
    [InlineData("en", "Wait", "about 10 to 20 minutes")]
    public void Ticket_says_the_wait_in_letters_on_one_line_of_every_paper_and_nothing_where_nothing_is_known(string language, string label, string wait)
    {
        foreach (var profile in new[] { "generic-80", "generic-58" })
        {
            var fields = SlipSamples.Of(SlipKind.Ticket, language, 0);
            Assert.Single(Printed(profile, language, fields), line => line.StartsWith(label + " ", StringComparison.Ordinal) && line.EndsWith(" " + wait, StringComparison.Ordinal));
            fields["wait"] = "";
            Assert.DoesNotContain(Printed(profile, language, fields), line => line.StartsWith(label, StringComparison.Ordinal));
        }
    }

    private static List<string> Printed(string profile, string language, Dictionary<string, string> fields)
    {
        var options = EscPosProfiles.All[profile];
        var machine = new EscPosMachine(options, _ => { });
        foreach (var value in new SlipEncoder(options).Encode(SlipTemplateFile.BuiltIn(SlipKind.Ticket).Compose(language, fields), false, [])) machine.Receive(value);
        return [.. machine.Paper.Slips()[0]!.AsArray().Select(line => line!["runs"] is System.Text.Json.Nodes.JsonArray runs ? string.Concat(runs.Select(run => (string)run!["text"]!)) : "")];
    }

    private static SlipTemplate Read(string text)
    {
        Assert.True(SlipTemplateReader.TryRead(text + Must, SlipKind.Ticket, NoPicture, out var template, out var mistakes), string.Join("; ", mistakes));
        return template;
    }

    private static IReadOnlyList<SlipMistake> Mistakes(string text)
    {
        Assert.False(SlipTemplateReader.TryRead(text, null, NoPicture, out _, out var mistakes));
        return mistakes;
    }

    private static (SlipImage?, string?) NoPicture(string name) => (null, "is not there");

    private static List<string> Texts(Slip slip) =>
    [
        .. slip.Elements.Select(element => element switch
        {
            SlipElement.Text text => text.Value,
            SlipElement.Pair pair => $"{pair.Left}|{pair.Right}",
            SlipElement.Qr qr => $"[{qr.Content} {qr.Module}]",
            _ => "",
        }).Where(text => text.Length > 0),
    ];
}
