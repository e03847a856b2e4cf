using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <summary>A command that can be read; who sent it is what the broker's topic says.</summary>
/// <param name="ReplyTo">Topic of the answer.</param>
internal sealed record StoreCommand(string Id, string User, string Action, JsonElement? Args, DateTimeOffset Expires, string ReplyTo, string? Correlation)
{
    public const string Source = "mqtt";

    /// <summary>As the journal names who asked.</summary>
    public string Who => $"store/{User}";

    /// <summary>The journal knows it again when it is repeated, also by a host that was killed in between.</summary>
    public Request Asking(HallCommand command) => new($"store:{User}:{Id}", Source, command, Mark, Who);

    /// <summary>The same for the same action and arguments, however they are spaced and in whatever order; without arguments is the same as with none.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Action} {(Args is { } args && Plain(args) is { } plain && plain != "{}" ? plain : "")}")).AsSpan(0, 4));

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Plain(member.Value) ?? "null"}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(item => Plain(item) ?? "null"))}]",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };
}

/// <param name="Outcome">As in <see cref="Kiosk.Mqtt.AnswerPayload"/>.</param>
/// <param name="Message">For people.</param>
internal sealed record CommandOutcome(string Outcome, string Message, JsonObject? Result = null)
{
    public const string IsDone = "done", Refused = "refused", Failed = "failed", NotAllowed = "not-allowed", Expired = "expired", UnknownAction = "unknown-action", BadCommand = "bad-command", Busy = "busy";

    /// <summary>What is left to do when the answer is out, or null.</summary>
    public Action? After { get; init; }

    public static CommandOutcome Done(string message, JsonObject? result = null) => new(IsDone, message, result);
}

/// <summary>Something that a store may ask for.</summary>
/// <param name="Right">That the user's role must have.</param>
internal sealed record StoreAction(string Name, Right Right, Func<StoreCommand, CancellationToken, Task<CommandOutcome>> DoAsync);

/// <summary>Actions of one kind.</summary>
internal interface IStoreActions
{
    IEnumerable<StoreAction> All { get; }
}
