using System.Text.Json.Nodes;

namespace Kiosk.DemoBiller;

/// <param name="Body">Null: none.</param>
internal sealed record Answer(int Status, JsonObject? Body)
{
    public string MediaType => Status < 400 ? "application/json" : "application/problem+json";

    public static Answer Fine(JsonObject body, int status = 200) => new(status, body);

    /// <summary>RFC 9457 with the reason for machines that <c>firmware/docs/billers.md</c> lists.</summary>
    /// <param name="key">Of the posting that the problem is about.</param>
    public static Answer Problem(int status, string reason, string title, string? key = null)
    {
        var body = new JsonObject { ["status"] = status, ["title"] = title, ["reason"] = reason };
        if (key is not null) body["key"] = key;
        return new(status, body);
    }
}
