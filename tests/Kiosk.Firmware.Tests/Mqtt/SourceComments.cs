using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>What the sources say about records and their members: a schema says the same.</summary>
internal sealed partial class SourceComments
{
    private readonly Dictionary<string, XElement> _byType = [];

    public SourceComments(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)) Read(file);
    }

    public string? Summary(Type type) => Words(_byType.GetValueOrDefault(type.Name)?.Element("summary"));

    /// <param name="name">As it is written in JSON.</param>
    public string? Member(Type type, string name) =>
        Words(_byType.GetValueOrDefault(type.Name)?.Elements("param").FirstOrDefault(param => string.Equals((string?)param.Attribute("name"), name, StringComparison.OrdinalIgnoreCase)));

    private void Read(string file)
    {
        var comment = new List<string>();
        foreach (var line in File.ReadLines(file).Select(line => line.Trim()))
        {
            if (line.StartsWith("///", StringComparison.Ordinal)) comment.Add(line[3..]);
            else if (line.StartsWith('[')) continue;
            else
            {
                if (comment.Count > 0 && Declaration().Match(line) is { Success: true } found) _byType.TryAdd(found.Groups["name"].Value, XElement.Parse($"<all>{string.Join('\n', comment)}</all>"));
                comment.Clear();
            }
        }
    }

    private static string? Words(XElement? comment)
    {
        if (comment is null) return null;
        foreach (var reference in comment.Descendants("see").ToList()) reference.ReplaceWith(((string?)reference.Attribute("cref") ?? "").Split('.')[^1]);
        return Space().Replace(comment.Value, " ").Trim();
    }

    [GeneratedRegex(@"\brecord (struct )?(?<name>\w+)\b")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
