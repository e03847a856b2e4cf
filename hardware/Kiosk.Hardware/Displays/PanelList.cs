using System.Text.Json;

namespace Kiosk.Hardware.Displays;

/// <summary>The option <c>panels</c>, which every driver of displays has.</summary>
internal static class PanelList
{
    private const int MostNumber = 999;

    /// <summary>Numbers of panels that are told apart by their place: <c>[3, 1, 2]</c>.</summary>
    public static IReadOnlyList<int> Numbers(OptionReader options, List<SettingMistake> mistakes)
    {
        var panels = new List<int>();
        var elements = options.Elements("panels");
        for (var i = 0; i < elements.Count; i++) Take(panels, elements[i], $"options.panels[{i}]", mistakes);
        return panels;
    }

    /// <summary>Panels with an address each: <c>[{"panel": 1, "address": …}]</c>, or a number alone where it can do without.</summary>
    /// <param name="address">Reads the member <c>address</c>, notes what is wrong with it and returns null then; what it returns when there is none is for a panel without.</param>
    public static IReadOnlyList<(int Panel, T Address)> Addressed<T>(
        OptionReader options, List<SettingMistake> mistakes, Func<OptionReader, int, T?> address)
        where T : struct
    {
        var (numbers, panels) = (new List<int>(), new List<(int Panel, T Address)>());
        var elements = options.Elements("panels");
        for (var i = 0; i < elements.Count; i++)
        {
            var path = $"options.panels[{i}]";
            var alone = elements[i].ValueKind is JsonValueKind.Number;
            var entry = new OptionReader(alone ? default : elements[i], path, mistakes);
            var known = alone ? Take(numbers, elements[i], path, mistakes) : entry.RequiredNumber("panel", 1, MostNumber) is { } number && Add(numbers, number, path, mistakes);
            if (known && address(entry, numbers[^1]) is { } found)
            {
                if (panels.Any(panel => panel.Address.Equals(found))) mistakes.Add(new(path, $"address {found} is another panel's; each needs its own: {{\"panel\": {numbers[^1]}, \"address\": …}}"));
                else panels.Add((numbers[^1], found));
            }

            entry.RefuseOthers();
        }

        return panels;
    }

    private static bool Take(List<int> panels, JsonElement element, string path, List<SettingMistake> mistakes)
    {
        if (element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var panel) && panel is >= 1 and <= MostNumber) return Add(panels, panel, path, mistakes);
        mistakes.Add(new(path, $"must be a whole number from 1 to {MostNumber}"));
        return false;
    }

    private static bool Add(List<int> panels, int panel, string path, List<SettingMistake> mistakes)
    {
        if (panels.Contains(panel))
        {
            mistakes.Add(new(path, $"panel {panel} is in the list already"));
            return false;
        }

        panels.Add(panel);
        return true;
    }
}
