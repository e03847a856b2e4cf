using System.Security.Cryptography;
using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Api;

/// <summary>From an HTTP request to the engine and back: request ids, rejections, a journal that takes nothing.</summary>
internal sealed class Asking(IIntake intake)
{
    public const string KeyHeader = "Idempotency-Key", RepeatedHeader = "Idempotency-Replayed";
    private const int KeyLimit = 100;

    /// <param name="asked">What the caller asked, in the same words each time: a repeated key with other words is refused.</param>
    /// <param name="done">Makes the response from the events alone, so that a repeated request gets the same one.</param>
    /// <param name="requestId">Names what can be done once whoever asks, in place of the caller's key.</param>
    public async Task<IResult> AskAsync(HttpContext http, HallCommand command, string asked, Func<Answer, IResult> done, string? requestId = null)
    {
        try
        {
            var answer = await intake.AskAsync(new(requestId ?? Key(http.Request), "api", command, Mark(asked), http.Staff()?.User), http.RequestAborted);
            if (answer.Rejection is { } rejection) return Problem.Rejected(rejection);
            if (answer.Events.IsEmpty) return Problem.KeyReused();
            if (answer.Repeated) http.Response.Headers[RepeatedHeader] = "true";
            return done(answer);
        }
        catch (JournalUnavailableException unavailable)
        {
            return Problem.Unavailable(TicketShape.Kebab(unavailable.Trouble), unavailable.Message);
        }
        catch (IntakeFullException full)
        {
            return Problem.Unavailable("busy", full.Message);
        }
    }

    private static string Key(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var values)) return Guid.NewGuid().ToString("N");

        var key = values.ToString();
        return key.Length is > 0 and <= KeyLimit && key.All(sign => sign is > ' ' and <= '~')
            ? key
            : throw new BadInputException(KeyHeader, $"{KeyHeader} must be 1 to {KeyLimit} printable ASCII signs without blanks.");
    }

    private static string Mark(string asked) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)).AsSpan(0, 4));
}
