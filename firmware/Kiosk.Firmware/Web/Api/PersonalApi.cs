using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Names and telephone numbers are erased when their owner asks for it.</summary>
internal static class PersonalApi
{
    private const int LongestId = 80;

    public static void Map(RouteGroupBuilder api) => api.MapDelete("/personal/{**id}", EraseAsync).WithTags("Personal data").Needs(Right.ManageStaff)
        .WithSummary("Erase what is kept of a person beside the journal, as suggestion/7k2m")
        .Produces(StatusCodes.Status204NoContent).Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json").Produces<Problem>(StatusCodes.Status503ServiceUnavailable, "application/problem+json");

    private static async Task<IResult> EraseAsync(HttpContext http, IPersonalData personal, IIntake intake, string id)
    {
        if (id.Length is 0 or > LongestId || id.Any(char.IsControl)) throw new BadInputException("id", $"The id must be 1 to {LongestId} signs, as suggestion/7k2m.");
        try
        {
            if (!personal.ErasePersonal(id)) return Problem.NotFound("unknown-personal", $"Nothing personal is kept under \"{id}\".");

            // Erased first: a note that was written before would be a lie if erasing failed.
            var fact = new HallEvent.PersonalDataErased(id.Replace('/', ' '), 1);
            await intake.AskAsync(Request.Once("api", new HallCommand.WriteDown(fact), http.Staff()?.User), http.RequestAborted);
            return Results.NoContent();
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
}
