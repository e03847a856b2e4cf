using System.Collections.Immutable;
using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>Makes the self-service terminal of a document in which no mistake was found.</summary>
internal static class PaymentsBuilder
{
    public const int DefaultLeast = 100, DefaultMost = 500_000, DefaultPatienceSeconds = 5, DefaultHoldSeconds = 15, DefaultTwoPeopleAbove = 20_000;

    public static PaymentsProfile Build(JsonElement payments) => new(
        payments.Text("terminal")!,
        payments.Text("currency")!,
        [.. payments.List("billers").Select(Biller)],
        payments.Member("card") is { } card ? Card(card) : null,
        payments.Member("cash") is { } cash ? Cash(cash) : null)
    {
        TwoPeopleAbove = payments.Whole("twoPeopleAbove") ?? DefaultTwoPeopleAbove,
    };

    private static BillerProfile Biller(JsonElement biller) => new(
        biller.Text("id")!,
        ProfileBuilder.Name(biller),
        new Uri(biller.Text("url")!),
        Account(biller.Member("account")!.Value),
        biller.Member("access") is { } access ? Access(access) : new BillerAccess.Emulated())
    {
        Patience = TimeSpan.FromSeconds(biller.Whole("patienceSeconds") ?? DefaultPatienceSeconds),
        Least = biller.Whole("least") ?? DefaultLeast,
        Most = biller.Whole("most") ?? DefaultMost,
    };

    private static AccountProfile Account(JsonElement account) => new(
        ProfileBuilder.Name(account, "label"),
        [.. Numbers(account, "digits").Select(number => (int)number)],
        account.Text("check") == "luhn" ? AccountCheck.Luhn : AccountCheck.None);

    private static BillerAccess Access(JsonElement access) => access.Text("kind") == "mtls"
        ? new BillerAccess.MutualTls(access.Text("certificateFile")!, access.Text("keyFile")!, access.Text("authorityFile"))
        : new BillerAccess.ClientCredentials(new Uri(access.Text("tokenUrl")!), access.Text("clientId")!, access.Text("secretFile")!, access.Text("scope"));

    private static CardProfile Card(JsonElement card) => new(card.Text("device")!, card.Member("postLater") is { ValueKind: JsonValueKind.True })
    {
        Hold = TimeSpan.FromSeconds(card.Whole("holdSeconds") ?? DefaultHoldSeconds),
    };

    private static CashProfile Cash(JsonElement cash) => new(
        [.. cash.Texts("devices").Select(entry => entry.Value)],
        Numbers(cash, "accept"),
        cash.Whole("most")!.Value,
        cash.Text("overpaid") == "claim" ? Overpaid.Claim : Overpaid.Credit);

    private static ImmutableArray<long> Numbers(JsonElement owner, string name) => [.. owner.List(name).Select(item => (long)ShapeCheck.WholeNumber(item)!.Value)];
}
