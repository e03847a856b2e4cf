using System.Collections.Immutable;
using System.Text.Json;

namespace Kiosk.Firmware.Devices.Scripts;

/// <summary>Reads <c>{"steps": [{"afterMs": 0, "control": "paper", "arguments": {"state": "out"}}, …], "repeat": 1}</c> for one device. Every mistake is noted with its step.</summary>
/// <param name="controls">What the device's emulator can do: name → arguments with what each allows.</param>
internal sealed class ScriptReader(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> controls)
{
    private readonly List<(string Field, string Message)> _mistakes = [];

    /// <returns>The script, or what is wrong with it.</returns>
    public (EmulatorScript? Script, IReadOnlyList<(string Field, string Message)> Mistakes) Read(JsonElement json)
    {
        foreach (var member in json.EnumerateObject().Where(member => member.Name is not ("steps" or "repeat"))) Refuse(member.Name, "is unknown; allowed: steps, repeat");
        var repeat = json.TryGetProperty("repeat", out var given) ? Number("repeat", given, 1, EmulatorScript.MostRepeats) : 1;
        var steps = Steps(json);
        if (_mistakes.Count > 0) return (null, _mistakes);

        var script = new EmulatorScript(steps, repeat);
        if (repeat > 1 && script.Round < EmulatorScript.ShortestRound) Refuse("repeat", $"a round that is repeated must take {EmulatorScript.ShortestRound.TotalMilliseconds} ms at least: add afterMs to a step");
        if (script.Round * repeat > EmulatorScript.Longest) Refuse("repeat", $"all rounds together may take {EmulatorScript.Longest.TotalHours} h at most");
        return _mistakes.Count > 0 ? (null, _mistakes) : (script, []);
    }

    private ImmutableArray<ScriptStep> Steps(JsonElement json)
    {
        if (json.TryGetProperty("steps", out var steps) && steps.ValueKind == JsonValueKind.Array && steps.GetArrayLength() is > 0 and <= EmulatorScript.MostSteps)
            return [.. steps.EnumerateArray().Select((step, index) => Step($"steps[{index}]", step))];

        Refuse("steps", $"must be a list of 1 to {EmulatorScript.MostSteps} steps");
        return [];
    }

    private ScriptStep Step(string path, JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object)
        {
            Refuse(path, "must be an object");
            return new(TimeSpan.Zero, "", default);
        }

        foreach (var member in step.EnumerateObject().Where(member => member.Name is not ("afterMs" or "control" or "arguments")))
            Refuse($"{path}.{member.Name}", "is unknown; allowed: afterMs, control, arguments");
        var after = step.TryGetProperty("afterMs", out var given) ? Number($"{path}.afterMs", given, 0, EmulatorScript.MostAfterMs) : 0;
        var control = step.TryGetProperty("control", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        var arguments = step.TryGetProperty("arguments", out var found) ? found : default;
        if (controls.TryGetValue(control, out var known)) Arguments($"{path}.arguments", arguments, known);
        else Refuse($"{path}.control", $"must be one of {string.Join(", ", controls.Keys)}");
        return new(TimeSpan.FromMilliseconds(after), control, arguments.ValueKind == JsonValueKind.Undefined ? default : arguments.Clone());
    }

    // Names, and values where the control lists them; what depends on more is for the emulator itself to refuse when the step comes.
    private void Arguments(string path, JsonElement arguments, IReadOnlyDictionary<string, string> known)
    {
        if (arguments.ValueKind == JsonValueKind.Undefined) return;
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            Refuse(path, "must be an object");
            return;
        }

        foreach (var argument in arguments.EnumerateObject())
        {
            if (!known.TryGetValue(argument.Name, out var allows)) Refuse($"{path}.{argument.Name}", known.Count == 0 ? "is unknown; this control takes no arguments" : $"is unknown; allowed: {string.Join(", ", known.Keys)}");
            else if (Listed(allows) is { } values && !values.Contains(Word(argument.Value))) Refuse($"{path}.{argument.Name}", $"must be one of {string.Join(", ", values)}");
        }
    }

    /// <summary><c>ok | near-end | out</c> → three values; null where the text is of another kind.</summary>
    private static string[]? Listed(string allows) =>
        allows.Contains('|', StringComparison.Ordinal) && !allows.Contains(':', StringComparison.Ordinal) && !allows.Contains(';', StringComparison.Ordinal)
            ? allows.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null;

    private static string Word(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private int Number(string path, JsonElement given, int least, int most)
    {
        if (given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Refuse(path, $"must be a whole number from {least} to {most}");
        return least;
    }

    private void Refuse(string field, string message) => _mistakes.Add((field, message));
}
