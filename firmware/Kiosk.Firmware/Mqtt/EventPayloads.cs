using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Firmware.Mqtt;

/// <summary>The journal's events as the store sees them: the journal's own JSON, but without ticket ids and without who asked.</summary>
internal static class EventPayloads
{
    public static byte[] Of(Recorded recorded, string hall) => PayloadJson.Bytes(new EventPayload(
        Snapshots.Version, hall, recorded.Epoch, recorded.Seq, recorded.At, EventCodec.TypeOf(recorded.Fact), Masked(recorded.Fact)));

    /// <summary>Every ticket id of an event is its member <c>ticket</c>; a test holds the events to it.</summary>
    public static JsonObject Masked(HallEvent fact)
    {
        var data = JsonNode.Parse(EventCodec.Encode(fact))!.AsObject();
        if (data["ticket"] is { } ticket) data["ticket"] = TicketReference.Of(new TicketId(ticket.GetValue<string>()));
        return data;
    }
}
