using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Api;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>A clerk who sits at a counter presses the keys of that one only. Who runs the hall may press anywhere.</summary>
internal sealed class OwnCounter(Refusals refusals) : IEndpointFilter
{
    /// <summary>Where the clerk sits, if that is elsewhere.</summary>
    public static CounterId? Elsewhere(Signed? signed, CounterId asked) =>
        signed is { Role: StaffRole.Clerk, Counter: { } seat } && seat != asked ? seat : null;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!int.TryParse(http.Request.RouteValues["n"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || Elsewhere(http.Staff(), new(number)) is not { } seat) return await next(context);

        await refusals.AccessAsync(http.Staff()!.User, Peer.From(http), $"{http.Request.Method} /api/v1/counters/{number}", "other-counter");
        return Problem.Forbidden("other-counter", $"You sit at counter {seat}. Sign in at counter {number} to press its keys.");
    }
}
