using Kiosk.Domain.Hall;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>What the hall knows of its store, over the control socket, for <c>kioskctl store forget</c>.</summary>
internal static class StoreControl
{
    private const string From = "kioskctl";

    public static void Map(RouteGroupBuilder control) => control.MapPost("/store/forget", ForgetAsync);

    private static async Task<IResult> ForgetAsync(HttpContext http, IIntake intake)
    {
        if (http.RequestServices.GetService<PublishWorker>() is not { } reporting)
            return Problem.Conflict("not-reporting", "This host reports to no store: mqtt.enabled is false in its profile.");
        if (reporting.StoreHasUpTo is not { } seq)
            return Problem.Conflict("no-store", "No store has acknowledged anything here since the last one was forgotten: there is none to forget.");

        try
        {
            // The fact first: what the journal does not take is not done.
            await intake.AskAsync(Request.Once(From, new HallCommand.WriteDown(new HallEvent.StoreForgotten(seq))), http.RequestAborted);
            reporting.ForgetStore();
            return Results.NoContent();
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return SignInApi.Trouble(refused);
        }
    }
}
