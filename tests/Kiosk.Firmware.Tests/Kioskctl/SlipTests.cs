namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class SlipTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Template_without_a_mistake_is_said_to_be_one()
    {
        var file = _data.Write("own.slip", "slip receipt\nwords zh-TW\na = 甲\npaper\ntext: {words.a} {receipt} {amount} {copy}");
        var ran = await DataDirectory.RunAsync("slip", "check", file);

        Assert.Equal((0, $"{file}: no mistake (receipt; words in zh-TW)\n", ""), (ran.Code, ran.Output, ran.Errors));
    }

    [Fact]
    public async Task Every_mistake_is_listed_with_its_line()
    {
        var file = _data.Write("own.slip", "slip ticket\npaper\nfeed 99\ntext: {amount}");
        var ran = await DataDirectory.RunAsync("slip", "preview", file);

        Assert.Equal(78, ran.Code);
        Assert.StartsWith($"kioskctl: {file}: 2 mistakes\n  line 3: \"feed 99\" is not allowed; allowed: 1 to 20\n  line 4: {{amount}} is not known on a ticket", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_is_a_picture_of_what_that_printer_prints()
    {
        var (file, picture) = (_data.Write("own.slip", "slip ticket\npaper\ntext: {number}\nif copy\ntext: {copy}\nend"), Path.Combine(_data.Path, "own.svg"));
        var ran = await DataDirectory.RunAsync("slip", "preview", file, "--printer", "xprinter-58", "--out", picture);

        Assert.Equal((0, $"{picture}: 19 mm of paper on xprinter-58\n"), (ran.Code, ran.Output));
        Assert.Contains("viewBox='0 0 440 ", await File.ReadAllTextAsync(picture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_of_a_profile_is_checked_with_it()
    {
        _data.Write("own.slip", "slip ticket\npaper");
        var profile = _data.Write("hall.json", """
            {
              "id": "small", "name": { "en": "Small hall" }, "timeZone": "UTC", "languages": ["en"],
              "services": [{ "id": "pay", "letter": "A", "name": { "en": "Pay" }, "targetWaitMinutes": 5 }],
              "counters": [{ "number": 1, "services": ["pay"] }],
              "slips": { "ticket": "own.slip", "receipt": "none.slip" }
            }
            """);
        var ran = await DataDirectory.RunAsync("check", "--profile", profile, "--data", _data.Path);

        Assert.Equal(78, ran.Code);
        Assert.Contains("slips.ticket: own.slip: line 2: prints nothing: \"paper\" is empty", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("slips.receipt: none.slip: cannot be read:", ran.Errors, StringComparison.Ordinal);
    }
}
