using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Kiosk.Ui;

/// <summary>A style sheet or script of the screens. Its address carries a hash of its content, so that a browser may keep it for ever.</summary>
/// <param name="Address">As in a page: <c>/assets/base.css?v=1f3a…</c>.</param>
public sealed record Asset(string Name, string ContentType, ReadOnlyMemory<byte> Content, string Hash, string Address)
{
    private static readonly FrozenDictionary<string, Asset> Known = Load();

    /// <summary>Changes when any asset changes: a page of an older host reloads itself.</summary>
    public static string Version { get; } = Convert.ToHexStringLower(
        SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Concat(Known.Values.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => a.Hash)))))[..12];

    public static Asset? Find(string name) => Known.GetValueOrDefault(name);

    /// <exception cref="KeyNotFoundException">No such asset: a mistake in a page.</exception>
    public static string At(string name) => Known[name].Address;

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith("asset/", StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource))
            .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    private static Asset Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var name = resource["asset/".Length..];
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
        return new Asset(name, TypeOf(name), content, hash, $"/assets/{name}?v={hash}");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new NotSupportedException($"No content type is known for {other}."),
    };
}
