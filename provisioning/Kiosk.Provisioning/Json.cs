using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kiosk.Provisioning;

internal static class Json
{
    /// <summary>camelCase; Hanzi as Hanzi, for the output goes to a terminal or a file, never into a page.</summary>
    public static JsonSerializerOptions Shape { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
