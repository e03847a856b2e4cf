using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Tests.Site;

/// <summary>Profiles to read in tests, from the checkout or with one change.</summary>
internal static class Profiles
{
    public static string Folder { get; } = Find();

    public static JsonObject Demo() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "telecom-hall.json")))!.AsObject();

    public static ProfileReading Read(JsonNode profile) => Read(profile.ToJsonString());

    public static ProfileReading Read(string profile) => ProfileReader.Read(Encoding.UTF8.GetBytes(profile), _ => []);

    /// <summary>What the reader says about the demo profile after one change.</summary>
    public static IReadOnlyList<ProfileMistake> After(Action<JsonObject> change)
    {
        var profile = Demo();
        change(profile);
        return Read(profile).Mistakes;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kiosk.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("Kiosk.sln is in no folder above the tests"), "provisioning", "profiles");
    }
}
