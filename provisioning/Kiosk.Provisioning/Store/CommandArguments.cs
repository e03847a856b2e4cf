using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kiosk.Provisioning.Store;

/// <summary>Arguments of a command as they stand on the command line: <c>counter=3 text={"en":"Back at 14:00"}</c>.</summary>
internal static class CommandArguments
{
    /// <summary>Numbers, booleans, objects, lists, null and quoted texts go as the JSON they are; everything else is a text.</summary>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="Trouble">One has no name, or a name twice.</exception>
    public static JsonElement? Of(IReadOnlyList<string> given)
    {
        if (given.Count == 0) return null;

        var members = new JsonObject();
        foreach (var one in given)
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new Trouble(ExitCode.Usage, $"\"{one}\" is no argument: write name=value, as in counter=3.");
            if (!members.TryAdd(one[..at], Value(one[(at + 1)..]))) throw new Trouble(ExitCode.Usage, $"\"{one[..at]}\" stands there twice.");
        }

        return JsonSerializer.SerializeToElement(members);
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
