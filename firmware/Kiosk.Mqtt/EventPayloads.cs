using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Mqtt;

/// <summary>The journal's events as the store sees them: the journal's own JSON, but without ticket ids and without who asked.</summary>
internal static class EventPayloads
{
    public static byte[] Of(Recorded recorded, string hall, bool historical = false) => PayloadJson.Bytes(
        new EventPayload(Snapshots.Version, hall, recorded.Epoch, recorded.Seq, recorded.At, EventCodec.TypeOf(recorded.Fact), Masked(recorded.Fact)) { Historical = historical });

    /// <summary>Every ticket id of an event is its member <c>ticket</c>; a test holds the events to it.</summary>
    public static JsonObject Masked(HallEvent fact)
    {
        var data = JsonNode.Parse(EventCodec.Encode(fact))!.AsObject();
        if (data["ticket"] is { } ticket) data["ticket"] = TicketReference.Of(new TicketId(ticket.GetValue<string>()));

        // An appointment's code takes a number in its customer's name; what follows the hyphen of a suggestion's entry opens its answer.
        if (data["appointment"] is { } code) data["appointment"] = "****" + Tail(code.GetValue<string>());
        if (fact is HallEvent.SuggestionMade or HallEvent.SuggestionAssigned or HallEvent.SuggestionAnswered) data["entry"] = data["entry"]!.GetValue<string>().Split('-')[0];
        if (fact is HallEvent.PersonalDataErased erased) data["what"] = erased.What.Split('/', ' ', '-')[0];

        // A payment's id opens its receipt on a phone; the bill's reference and what is brought forward are the terminal's own business.
        if (data["payment"] is { } payment) data["payment"] = TicketReference.Of(new TicketId(payment.GetValue<string>()));
        foreach (var own in (string[])["bill", "forward", "mark"]) data.Remove(own);
        return data;
    }

    private static string Tail(string code) => code.Length > 4 ? code[^2..] : "";
}
