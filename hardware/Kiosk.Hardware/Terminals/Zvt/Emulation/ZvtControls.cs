using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Terminals.Zvt.Emulation;

/// <param name="Prepare">Checks the arguments, and returns what is then done under the wire's gate.</param>
internal sealed record ZvtControl(EmulatorControl Control, Func<ControlArguments, Action> Prepare);

/// <summary>What a person could do to the terminal.</summary>
internal static class ZvtControls
{
    private static readonly string[] Cards = ["girocard", "Mastercard", "Visa", "UnionPay", "American Express"];

    private static readonly Dictionary<string, CardResult> Results = new()
    {
        ["ok"] = CardResult.Ok, ["declined"] = CardResult.Declined, ["other-amount"] = CardResult.OtherAmount,
    };

    public static IReadOnlyList<ZvtControl> Of(ZvtMachine machine) =>
    [
        new(
            new("card", "Put a card in, or hold it to the reader.", new Dictionary<string, string>
            {
                ["name"] = $"optional: {string.Join(" | ", Cards)}", ["pan-last4"] = "optional: 0 to 9999", ["result"] = $"optional: {string.Join(" | ", Results.Keys)}",
            }),
            given => Present(machine, given)),
        new(new("remove", "Take the card out.", new Dictionary<string, string>()), _ => machine.RemoveCard),
        new(new("abort", "Press the red key while a card is asked for.", new Dictionary<string, string>()), _ => machine.PressAbort),
        new(
            new("auto", "Present a good card by itself whenever one is asked for.", new Dictionary<string, string>
            {
                ["on"] = "true | false", ["milliseconds"] = "optional: how long after it was asked for, 0 to 60000",
            }),
            given => Auto(machine, given)),
        new(new("busy", "Be occupied with something of its own.", new Dictionary<string, string> { ["on"] = "true | false" }), given =>
        {
            var on = given.Flag("on");
            return () => machine.Busy = on;
        }),
        new(new("end-of-day", "Take no payment before the day was closed.", new Dictionary<string, string> { ["due"] = "true | false" }), given =>
        {
            var due = given.Flag("due");
            return () => machine.EndOfDayDue = due;
        }),
        new(new("forget", "Lose the memory of the last status, but not the money.", new Dictionary<string, string>()), _ => machine.Books.ForgetLast),
    ];

    private static Action Present(ZvtMachine machine, ControlArguments given)
    {
        var name = given.Has("name") ? given.Word("name", Cards) : Cards[0];
        var result = given.Has("result") ? Results[given.Word("result", [.. Results.Keys])] : CardResult.Ok;
        var last4 = given.Number("pan-last4", 0, 9999) ?? 4242;
        return () => machine.Present(new EmulatedCard(name, last4, result));
    }

    private static Action Auto(ZvtMachine machine, ControlArguments given)
    {
        var (on, milliseconds) = (given.Flag("on"), given.Number("milliseconds", 0, 60_000) ?? 1500);
        return () => machine.Auto = on ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
