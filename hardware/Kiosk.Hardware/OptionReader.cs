using System.Globalization;
using System.Text.Json;

namespace Kiosk.Hardware;

/// <summary>Reads a driver's options, or one object within them, and notes every mistake with its path.</summary>
/// <param name="path">Of the object below the device: <c>options</c>, <c>options.lines.BTN_1</c>.</param>
internal sealed class OptionReader(JsonElement options, string path, List<SettingMistake> mistakes)
{
    private readonly HashSet<string> _known = [];

    /// <summary>Reads the arguments of an emulator's control.</summary>
    /// <exception cref="ArgumentException">Names each mistake and what is allowed.</exception>
    public static T Arguments<T>(string control, JsonElement arguments, Func<OptionReader, T> read)
    {
        var mistakes = new List<SettingMistake>();
        var reader = new OptionReader(arguments, control, mistakes);
        var found = read(reader);
        reader.RefuseOthers();
        if (mistakes is []) return found;
        throw new ArgumentException(string.Join("; ", mistakes.Select(mistake => $"{mistake.Path} {mistake.Message}")), nameof(arguments));
    }

    /// <exception cref="ArgumentException">Always.</exception>
    public static void RefuseControl(string control, IEnumerable<EmulatorControl> controls) =>
        throw new ArgumentException(
            $"unknown control \"{control}\"; allowed: {string.Join(", ", controls.Select(known => known.Name))}", nameof(control));

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The members of a required object that is not empty.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Members(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Object } found && found.EnumerateObject().Any())
        {
            return found.EnumerateObject().Select(member => (member.Name, member.Value));
        }

        Refuse(name, "must be an object with at least one member");
        return [];
    }

    /// <summary>The elements of a required array that is not empty.</summary>
    public IReadOnlyList<JsonElement> Elements(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Array } found && found.GetArrayLength() > 0) return [.. found.EnumerateArray()];
        Refuse(name, "must be an array with at least one element");
        return [];
    }

    public TimeSpan Milliseconds(string name, int absent, int least, int most) => TimeSpan.FromMilliseconds(Number(name, absent, least, most));

    public int Number(string name, int absent, int least, int most) => Find(name) is null ? absent : RequiredNumber(name, least, most) ?? absent;

    public int? RequiredNumber(string name, int least, int most)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, $"must be a whole number from {least} to {most}");
        return null;
    }

    /// <summary>One number for the whole day, or <c>[{"from": "07:00", "value": 12}, …]</c>: each from its time until the next one's, the last one past midnight.</summary>
    public DayPlan DayPlan(string name, int absent, int least, int most)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } steps) return Kiosk.Hardware.DayPlan.Always(Number(name, absent, least, most));

        var read = new List<DayStep>();
        foreach (var (step, index) in steps.EnumerateArray().Select((step, index) => (step, index)))
        {
            var entry = new OptionReader(step, $"{path}.{name}[{index}]", mistakes);
            if (entry.RequiredTime("from") is { } from && entry.RequiredNumber("value", least, most) is { } value) read.Add(new(from, value));
            entry.RefuseOthers();
        }

        if (steps.GetArrayLength() == 0) Refuse(name, "must have at least one step {\"from\": \"HH:mm\", \"value\": number}");
        if (read.Zip(read.Skip(1)).Any(pair => pair.First.From >= pair.Second.From)) Refuse(name, "must be in the order of the day, each \"from\" once");
        return read.Count == 0 ? Kiosk.Hardware.DayPlan.Always(absent) : new DayPlan([.. read]);
    }

    public TimeOnly? RequiredTime(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } found
            && TimeOnly.TryParseExact(found.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        Refuse(name, "must be a time of day as \"07:30\"");
        return null;
    }

    public bool Flag(string name, bool absent)
    {
        switch (Find(name)?.ValueKind)
        {
            case null: return absent;
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            default:
                Refuse(name, "must be true or false");
                return absent;
        }
    }

    /// <returns>Null when there is none, or it is no text: then without a note.</returns>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public string? OneOf(string name, IEnumerable<string> allowed)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } found && found.GetString() is { } text && allowed.Contains(text)) return text;
        Refuse(name, $"must be one of {string.Join(", ", allowed)}");
        return null;
    }

    /// <summary>A member as it was written, for a shape that one driver alone has; null where it is absent.</summary>
    public JsonElement? Raw(string name) => Find(name);

    /// <summary>Call last: a member that nobody asked for is a spelling mistake.</summary>
    public void RefuseOthers()
    {
        if (options.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return;
        if (options.ValueKind is not JsonValueKind.Object)
        {
            mistakes.Add(new(path, "must be an object"));
            return;
        }

        foreach (var member in options.EnumerateObject().Where(member => !_known.Contains(member.Name)))
        {
            Refuse(member.Name, $"unknown; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    /// <summary>Notes a mistake in this member.</summary>
    public void Refuse(string name, string message) => mistakes.Add(new($"{path}.{name}", message));

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return options.ValueKind is JsonValueKind.Object && options.TryGetProperty(name, out var found) ? found : null;
    }
}
