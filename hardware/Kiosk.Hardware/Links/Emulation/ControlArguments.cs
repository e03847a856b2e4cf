using System.Text.Json;

namespace Kiosk.Hardware.Links.Emulation;

/// <summary>The arguments of one control of an emulator, checked.</summary>
internal sealed class ControlArguments
{
    private readonly JsonElement _json;

    /// <exception cref="ArgumentException">Not an object, or an argument that the control does not have.</exception>
    public ControlArguments(EmulatorControl control, JsonElement json)
    {
        _json = json;
        if (json.ValueKind == JsonValueKind.Undefined) return;
        if (json.ValueKind != JsonValueKind.Object) throw new ArgumentException($"arguments of \"{control.Name}\" must be an object");
        foreach (var member in json.EnumerateObject().Where(member => !control.Arguments.ContainsKey(member.Name)))
        {
            var allowed = control.Arguments.Count == 0 ? "none" : string.Join(", ", control.Arguments.Keys);
            throw new ArgumentException($"argument \"{member.Name}\" of \"{control.Name}\" is unknown; allowed: {allowed}");
        }
    }

    public bool Has(string name) => Find(name) is not null;

    public string Word(string name, params string[] allowed) =>
        Find(name) is { ValueKind: JsonValueKind.String } value && allowed.Contains(value.GetString())
            ? value.GetString()!
            : throw Wrong(name, string.Join(", ", allowed));

    public bool Flag(string name) => Find(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true, false"),
    };

    /// <returns>Null if it is not given.</returns>
    public int? Number(string name, int least, int most)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"{least} to {most}");
    }

    private JsonElement? Find(string name) => _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(name, out var value) ? value : null;

    private ArgumentException Wrong(string name, string allowed) =>
        new($"argument \"{name}\" is {Find(name)?.GetRawText() ?? "missing"}; allowed: {allowed}");
}
