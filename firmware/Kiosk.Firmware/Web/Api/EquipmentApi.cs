using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The equipment register: what stands in the hall, what is wrong with it, what was done.</summary>
internal static class EquipmentApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/equipment", Show).Needs(Right.ServiceDevices).WithTags("Books")
            .WithSummary("Devices of the board and other equipment: open faults, downtime today and in 30 days").Produces<IReadOnlyList<EquipmentShape>>();
        var faults = api.MapGroup("/faults").WithTags("Books").Needs(Right.ServiceDevices);
        faults.MapPost("/", ReportAsync).WithSummary("Report a fault: {\"equipment\", \"what\"}").Produces<FaultShape>(StatusCodes.Status201Created).Refuses();
        faults.MapPost("/{id}/mend", MendAsync).WithSummary("It works again: {\"what\"} was done").Produces<FaultShape>().Refuses();
    }

    private static IResult Show(BookKeeper books, IDeviceDirectory devices, HallFeed feed, TimeProvider time) => Results.Json(
        (IReadOnlyList<EquipmentShape>)[.. EquipmentLine.Of(books.Current.Equipment, devices.Devices, time.GetUtcNow(), feed.Profile.TimeZone).Select(line => EquipmentShape.Of(line, feed.Profile))],
        ApiJson.Wire.IReadOnlyListEquipmentShape);

    private static async Task<IResult> ReportAsync(HttpContext http, Asking asking, HallFeed feed)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "equipment", "what");
        var equipment = BookTexts.Text("equipment", body.FreeText("equipment"), BookTexts.NameLimit);
        var what = BookTexts.Text("what", body.FreeText("what"));
        return await asking.AskAsync(http, new HallCommand.WriteDown(new HallEvent.FaultReported(BookCodes.Draw(), equipment, what)), $"fault {equipment} {what}", answer =>
        {
            var (written, made) = (answer.Events[0], (HallEvent.FaultReported)answer.Events[0].Fact);
            return Results.Json(
                FaultShape.Of(new EquipmentFault(made.Fault, made.Equipment, made.What, written.At, written.Who), feed.Profile), ApiJson.Wire.FaultShape, statusCode: StatusCodes.Status201Created);
        });
    }

    private static async Task<IResult> MendAsync(HttpContext http, Asking asking, BookKeeper books, HallFeed feed, string id)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "what");
        var what = BookTexts.Text("what", body.FreeText("what"));
        if (books.Current.Equipment.Find(id) is not { } fault) return Problem.NotFound("unknown-fault", "There is no such fault in the register.");

        // Mended twice is mended once: the answer is what stands in the register.
        if (!fault.Open) return Results.Json(FaultShape.Of(fault, feed.Profile), ApiJson.Wire.FaultShape);

        return await asking.AskAsync(http, new HallCommand.WriteDown(new HallEvent.FaultMended(id, what)), $"mend {id}", answer =>
        {
            var (written, made) = (answer.Events[0], (HallEvent.FaultMended)answer.Events[0].Fact);
            return Results.Json(FaultShape.Of(fault with { Until = written.At, MendedBy = written.Who, Mended = made.What }, feed.Profile), ApiJson.Wire.FaultShape);
        }, requestId: $"mend-{id}");
    }
}
