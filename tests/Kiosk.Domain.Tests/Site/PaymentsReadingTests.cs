using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Tests.Site.Profiles;

namespace Kiosk.Domain.Tests.Site;

public sealed class PaymentsReadingTests
{
    private const string Oauth2 = """{ "kind": "oauth2", "tokenUrl": "https://biller.example/token", "clientId": "hall-7", "secretFile": "biller.secret" }""";

    [Fact]
    public void Section_is_read_as_it_is_written()
    {
        var payments = Read(Whole()).Profile!.Payments!;

        Assert.Equal(("T1", "CNY", 20_000L), (payments.Terminal, payments.Currency, payments.TwoPeopleAbove));
        Assert.Equal(["mobile", "broadband", "electricity"], payments.Billers.Select(biller => biller.Id));
        var (mobile, broadband, electricity) = (payments.Billers[0], payments.Billers[1], payments.Billers[2]);
        Assert.Equal(new BillerAccess.Emulated(), mobile.Access);
        Assert.Equal("手机号码", mobile.Account.Label.In("zh-CN"));
        Assert.Equal([11], mobile.Account.Digits.ToArray());
        Assert.Equal((1000L, 500_000L, TimeSpan.FromSeconds(5)), (mobile.Least, mobile.Most, mobile.Patience));
        Assert.Equal(new BillerAccess.ClientCredentials(new("https://biller.example/token"), "hall-7", "biller.secret", null), broadband.Access);
        Assert.Equal(TimeSpan.FromSeconds(9), broadband.Patience);
        Assert.Equal(new BillerAccess.MutualTls("hall.crt", "hall.key", "power.crt"), electricity.Access);
        Assert.Equal(AccountCheck.Luhn, electricity.Account.Check);
        Assert.Equal(new CardProfile("card-terminal", true) { Hold = TimeSpan.FromSeconds(20) }, payments.Card);
        Assert.Equal(["notes", "coins"], payments.Cash!.Devices.ToArray());
        Assert.Equal([500L, 1000, 10_000], payments.Cash.Accept.ToArray());
        Assert.Equal((200_000L, Overpaid.Claim), (payments.Cash.Most, payments.Cash.Overpaid));
    }

    [Fact]
    public void Hall_without_the_section_has_no_terminal()
    {
        var hall = Demo();
        hall.Remove("payments");

        Assert.Null(Read(hall).Profile!.Payments);
    }

    [Fact]
    public void What_is_left_out_has_the_defaults_of_the_schema()
    {
        var hall = Whole();
        hall["payments"]!.AsObject().Remove("twoPeopleAbove");
        hall["payments"]!["card"]!.AsObject().Remove("holdSeconds");
        foreach (var member in new[] { "least", "most" }) hall["payments"]!["billers"]![0]!.AsObject().Remove(member);
        var defaults = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "hall.schema.json")))!["$defs"]!;
        long Of(string section, string member) => (long)defaults[section]!["properties"]![member]!["default"]!;

        var payments = Read(hall).Profile!.Payments!;

        Assert.Equal((Of("biller", "least"), Of("biller", "most"), Of("biller", "patienceSeconds")), (payments.Billers[0].Least, payments.Billers[0].Most, (long)payments.Billers[0].Patience.TotalSeconds));
        Assert.Equal((Of("card", "holdSeconds"), Of("payments", "twoPeopleAbove")), ((long)payments.Card!.Hold.TotalSeconds, payments.TwoPeopleAbove));
        var plain = new BillerProfile("a", Texts.Of(("en", "A")), new("emulated:"), new(Texts.Of(("en", "A")), [11]), new BillerAccess.Emulated());
        Assert.Equal((plain.Least, plain.Most, plain.Patience, 15), (payments.Billers[0].Least, payments.Billers[0].Most, payments.Billers[0].Patience, (int)new CardProfile("a", false).Hold.TotalSeconds));
    }

    [Theory]
    [InlineData("terminal", "\"t1\"", "payments.terminal", "1 to 8 of A-Z and 0-9")]
    [InlineData("currency", "\"yuan\"", "payments.currency", "a currency of ISO 4217 as CNY")]
    [InlineData("billers", "[]", "payments.billers", "a list of 1 to 16 billers")]
    [InlineData("twoPeopleAbove", "0.5", "payments.twoPeopleAbove", "a whole number from 0 to 100000000")]
    [InlineData("billers[1].id", "\"mobile\"", "payments.billers[1].id", "mobile is taken by payments.billers[0]")]
    [InlineData("billers[0].name.zh-TW", null, "payments.billers[0].name.zh-TW", "a text for each of zh-CN, zh-TW, en")]
    [InlineData("billers[0].account.label.en", null, "payments.billers[0].account.label.en", "a text for each of zh-CN, zh-TW, en")]
    [InlineData("billers[0].account.digits", "[4]", "payments.billers[0].account.digits[0]", "a whole number from 5 to 32")]
    [InlineData("billers[0].account.digits", "[11, 8]", "payments.billers[0].account.digits[1]", "is 8 after 11; allowed: numbers in rising order")]
    [InlineData("billers[0].account.check", "\"mod11\"", "payments.billers[0].account.check", "allowed: none, luhn")]
    [InlineData("billers[0].least", "500001", "payments.billers[0].most", "is 500000; allowed: at least 500001")]
    [InlineData("billers[0].patienceSeconds", "0", "payments.billers[0].patienceSeconds", "a whole number from 1 to 60")]
    [InlineData("billers[0].url", "\"emulated:here\"", "payments.billers[0].url", "emulated: for the biller of the demo, or an address as https://")]
    [InlineData("billers[0].access", Oauth2, "payments.billers[0].access", "makes its own secret; leave access out")]
    [InlineData("billers[1].access", null, "payments.billers[1].access", "kind oauth2 or mtls")]
    [InlineData("billers[1].url", "\"http://biller.example\"", "payments.billers[1].url", "is without TLS on a network")]
    [InlineData("billers[1].url", "\"https://me:secret@biller.example\"", "payments.billers[1].url", "has a user name in it")]
    [InlineData("billers[1].url", "\"https://biller.example/?account=1\"", "payments.billers[1].url", "ends with a query")]
    [InlineData("billers[1].access.tokenUrl", "\"http://biller.example/token\"", "payments.billers[1].access.tokenUrl", "is without TLS on a network")]
    [InlineData("billers[1].access.secretFile", null, "payments.billers[1].access.secretFile", "access of kind oauth2 needs tokenUrl, clientId, secretFile")]
    [InlineData("billers[1].access.secret", "\"hunter2\"", "payments.billers[1].access.secret", "unknown member; allowed: kind, tokenUrl, clientId, secretFile")]
    [InlineData("billers[1].access.keyFile", "\"a.key\"", "payments.billers[1].access.keyFile", "does not belong to access of kind oauth2")]
    [InlineData("billers[2].access.keyFile", null, "payments.billers[2].access.keyFile", "access of kind mtls needs certificateFile, keyFile")]
    [InlineData("billers[2].url", "\"http://127.0.0.1:1/\"", "payments.billers[2].url", "is without TLS, and the access is mtls")]
    [InlineData("card.device", "\"card-terminl\"", "payments.card.device", "did you mean \"card-terminal\"?")]
    [InlineData("card.device", "\"notes\"", "payments.card.device", "\"notes\" is a device of class CashAcceptor, not CardTerminal; allowed: card-terminal")]
    [InlineData("card.holdSeconds", "21", "payments.card.holdSeconds", "a whole number from 1 to 20")]
    [InlineData("card.postLater", null, "payments.card.postLater", "true or false")]
    [InlineData("cash.devices", "[\"notes\", \"ticket-printer\"]", "payments.cash.devices[1]", "is a device of class TicketPrinter, not CashAcceptor; allowed: notes, coins")]
    [InlineData("cash.devices", "[]", "payments.cash.devices", "a list of 1 to 8 ids of devices")]
    [InlineData("cash.accept", "[500, 500]", "payments.cash.accept[1]", "is 500 after 500; allowed: numbers in rising order")]
    [InlineData("cash.accept", "[0, 500]", "payments.cash.accept[0]", "a whole number from 1 to 100000000")]
    [InlineData("cash.most", "499", "payments.cash.most", "at least the smallest denomination, 500")]
    [InlineData("cash.overpaid", "\"keep\"", "payments.cash.overpaid", "allowed: credit, claim")]
    public void Mistake_is_named_with_its_place_and_what_is_allowed(string place, string? value, string path, string part)
    {
        var hall = Whole();
        var steps = place.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        var owner = steps[..^1].Aggregate(hall["payments"]!, (node, step) => node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!).AsObject();
        if (value is null) owner.Remove(steps[^1]);
        else owner[steps[^1]] = JsonNode.Parse(value);

        var mistake = Assert.Single(Read(hall).Mistakes);

        Assert.Equal(path, mistake.Path);
        Assert.Contains(part, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Biller_on_this_machine_may_be_without_TLS()
    {
        var hall = Whole();
        hall["payments"]!["billers"]![1]!["url"] = "http://127.0.0.1:5000/v1";

        Assert.Empty(Read(hall).Mistakes);
    }

    /// <summary>The demo hall with everything that a terminal can have.</summary>
    private static JsonObject Whole()
    {
        var hall = Demo();
        var payments = hall["payments"]!;
        var (broadband, electricity) = (payments["billers"]![1]!, payments["billers"]![2]!);
        (broadband["url"], broadband["access"], broadband["patienceSeconds"]) = ("https://biller.example/v1", JsonNode.Parse(Oauth2), 9);
        (electricity["url"], electricity["access"]) = ("https://power.example/", JsonNode.Parse("""{ "kind": "mtls", "certificateFile": "hall.crt", "keyFile": "hall.key", "authorityFile": "power.crt" }"""));
        payments["card"] = JsonNode.Parse("""{ "device": "card-terminal", "postLater": true, "holdSeconds": 20 }""");
        payments["cash"] = JsonNode.Parse("""{ "devices": ["notes", "coins"], "accept": [500, 1000, 10000], "most": 200000, "overpaid": "claim" }""");
        return hall;
    }

    private static ProfileReading Read(JsonNode hall) => ProfileReader.Read(Encoding.UTF8.GetBytes(hall.ToJsonString()), _ => [], driver => driver switch
    {
        "zvt" => "CardTerminal",
        "ssp" or "cctalk-coins" => "CashAcceptor",
        "escpos" => "TicketPrinter",
        _ => "Other",
    });
}
