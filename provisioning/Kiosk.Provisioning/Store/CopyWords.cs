using System.Text.Json;
using Kiosk.Journal;
using Kiosk.Provisioning.Log;

namespace Kiosk.Provisioning.Store;

/// <summary>A copy's events in words.</summary>
internal static class CopyWords
{
    private const int LongestRaw = 120;

    /// <summary>As <c>kioskctl log</c> says it; type and members as they are where this version does not know the event.</summary>
    public static string Of(CopyEvent one)
    {
        try
        {
            if (EventCodec.Types.Contains(one.Type)) return EventWords.For(CopyFold.Fact(one));
        }
        catch (Exception unreadable) when (unreadable is JournalRefusedException or InvalidOperationException or NullReferenceException)
        {
            return Raw(one);
        }

        return Raw(one);
    }

    private static string Raw(CopyEvent one)
    {
        using var body = JsonDocument.Parse(one.Body);
        var data = body.RootElement.GetProperty("data").GetRawText();
        return $"{one.Type} {(data.Length > LongestRaw ? data[..LongestRaw] + "…" : data)}";
    }
}
