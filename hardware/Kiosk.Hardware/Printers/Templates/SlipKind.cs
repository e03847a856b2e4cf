namespace Kiosk.Hardware.Printers.Templates;

/// <summary>Something that the host fills in.</summary>
/// <param name="MayBeEmpty">An <c>if</c> can ask for it.</param>
public sealed record SlipField(string Name, string Meaning, bool MayBeEmpty = false);

/// <summary>A kind of slip: what its template may ask for. A closed list, the same for every hall.</summary>
/// <param name="Id">As in the template's first line: <c>ticket</c>.</param>
/// <param name="Printed">Fields without which the slip is none.</param>
public sealed record SlipKind(string Id, IReadOnlyList<string> Printed, IReadOnlyList<SlipField> Fields)
{
    public static SlipKind Ticket { get; } = new("ticket", ["number"],
    [
        new("hall", "name of the hall"),
        new("number", "the number, as A042"),
        new("service", "name of the service"),
        new("ahead", "people ahead when it was issued"),
        new("wait", "what the customer is told about the wait, as about 10 to 20 minutes; empty where nothing is told", MayBeEmpty: true),
        new("issued", "date and time, as 2026-01-05 08:15"),
        new("date", "of its issue, as 2026-01-05"),
        new("time", "of its issue, as 08:15"),
        new("link", "address of its page on a phone; empty where phones do not reach the host", MayBeEmpty: true),
        new("copy", "1 for the first copy; empty on the original", MayBeEmpty: true),
    ]);

    public static SlipKind Receipt { get; } = new("receipt", ["receipt", "amount"],
    [
        new("hall", "name of the hall"),
        new("receipt", "its number"),
        new("issued", "date and time, as 2026-01-05 08:15"),
        new("date", "of its issue, as 2026-01-05"),
        new("time", "of its issue, as 08:15"),
        new("biller", "who is paid"),
        new("account", "the customer's account or telephone number, masked to its last four digits"),
        new("amount", "with its currency, as ¥58.00"),
        new("cash", "notes taken in; empty for a card", MayBeEmpty: true),
        new("change", "given back; empty where there is none", MayBeEmpty: true),
        new("card", "masked number; empty for cash", MayBeEmpty: true),
        new("terminal", "lines of the card terminal, each on its own; empty where it has none", MayBeEmpty: true),
        new("case", "number of the open case of a payment that is not settled", MayBeEmpty: true),
        new("claim", "1 on a slip for money that was taken and is not credited; empty on a receipt of payment", MayBeEmpty: true),
        new("doubt", "1 where it is not known whether the money was taken; empty else", MayBeEmpty: true),
        new("later", "1 while the biller has not confirmed it yet; empty else", MayBeEmpty: true),
        new("confirmed", "the biller's own number of it; empty until then", MayBeEmpty: true),
        new("link", "address of its page on a phone; empty where phones do not reach the host", MayBeEmpty: true),
        new("copy", "1 for the first copy; empty on the original", MayBeEmpty: true),
    ]);

    public static IReadOnlyList<SlipKind> All { get; } = [Ticket, Receipt];

    public static SlipKind? Find(string id) => All.FirstOrDefault(kind => kind.Id == id);

    public SlipField? Field(string name) => Fields.FirstOrDefault(field => field.Name == name);
}
