using System.Text.Json;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>What the hall says of itself on <c>status</c>, without what the broker says late for a connection of before.</summary>
/// <param name="Latest">Null: nothing was heard yet.</param>
/// <param name="Boot">Of the last <c>online: true</c>.</param>
internal sealed record HallWord(StatusPayload? Latest = null, string? Boot = null)
{
    public bool Online => Latest?.Online == true;

    public CopyPlace Place => Latest is { } said ? new(said.Epoch, said.Seq) : default;

    /// <summary>From this seq on the hall has every event of the epoch; 1 where it said nothing of this epoch.</summary>
    public long FirstOf(int epoch) => Latest is { } said && said.Epoch == epoch ? Math.Max(1, said.First) : 1;

    /// <summary>The last place that somebody had of the epoch before, where the hall said one: its journal was put back to an older state.</summary>
    public CopyPlace? FromOf(int epoch) => Latest is { From: { } from } said && said.Epoch == epoch ? new(from.Epoch, from.Seq) : null;

    /// <param name="trouble">What is wrong with the text, or null.</param>
    public HallWord Heard(ReadOnlySpan<byte> payload, out string? trouble)
    {
        trouble = null;
        try
        {
            var said = JsonSerializer.Deserialize(payload, PayloadJson.Wire.StatusPayload);
            if (said is null) return this;

            // The will of a connection of before: the hall has been back since, with another boot.
            if (!said.Online && Boot is not null && said.Boot != Boot) return this;
            return new(said, said.Online ? said.Boot : Boot);
        }
        catch (JsonException bad)
        {
            trouble = bad.Message;
            return this;
        }
    }
}
