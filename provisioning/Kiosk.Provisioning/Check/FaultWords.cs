using System.Reflection;
using System.Text.Json;

namespace Kiosk.Provisioning.Check;

/// <summary>What is wrong with a device and what to do, in the English of the screens.</summary>
internal static class FaultWords
{
    private static readonly Dictionary<string, string> Sentences = Load();

    /// <param name="fault">As a device names it: <c>OutOfPaper</c>, or in kebab case.</param>
    public static string Reason(string fault) => Sentences.GetValueOrDefault("fault." + Name(fault), fault);

    public static string Advice(string fault) => Sentences.GetValueOrDefault("advice." + Name(fault), Sentences["advice.Other"]);

    private static string Name(string fault) => string.Concat(fault.Split('-').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static Dictionary<string, string> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("texts/en.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
