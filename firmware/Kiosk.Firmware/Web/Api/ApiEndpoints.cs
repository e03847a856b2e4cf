using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The HTTP API under <c>/api/v1</c>.</summary>
internal static class ApiEndpoints
{
    public static IServiceCollection AddHallApi(this IServiceCollection services)
    {
        services.AddSingleton<Asking>();
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Kiosk and queue appliance";
            document.Info.Description = "Every POST to tickets, counters and day takes an Idempotency-Key header (1 to 100 signs): what was done under a key is not done again, and the repeated "
                + "request is answered from the journal for as long as the business day lasts. A refusal is not remembered: the same key may succeed later. "
                + "Rejections are 409 with a machine-readable reason and a sentence; bad input is 400 and names the field.";
            return Task.CompletedTask;
        }));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Wire));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(1, Domain.Reports.ReportJson.Wire));
        return services;
    }

    public static void MapHallApi(this WebApplication app)
    {
        app.MapOpenApi("/api/{documentName}/openapi.json");
        var api = app.MapGroup("/api/v1").AddEndpointFilter(NameTheField);
        TicketApi.Map(api);
        CounterApi.Map(api);
        HallApi.Map(api);
        EventApi.Map(api);
        DeviceApi.Map(api);
        DeviceHistoryApi.Map(api);
        ScriptApi.Map(api);
        HealthApi.Map(api);
        SignInApi.Map(api);
        StaffApi.Map(api);
        AuditApi.Map(api);
        CheckApi.Map(api);
        FeedbackApi.Map(api);
        EquipmentApi.Map(api);
        AppointmentApi.Map(api);
        ReportApi.Map(api);
        ForecastApi.Map(api);
        MoneyApi.Map(api);
        PersonalApi.Map(api);
        api.MapFallback((HttpContext http) => Problem.NotFound("unknown-address", $"There is no {http.Request.Method} {http.Request.Path}; see /api/v1/openapi.json."));
    }

    /// <summary>What every POST may answer besides its result.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route
        .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, "application/problem+json");

    private static async ValueTask<object?> NameTheField(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsGet(http.Request.Method) && !PageGuard.FromHere(http.Request))
        {
            return Problem.Forbidden("other-site", "A page of another site may not press keys here.");
        }

        try
        {
            return await next(context);
        }
        catch (BadInputException mistake)
        {
            return Problem.BadInput(mistake.Field, mistake.Message, mistake.Allowed);
        }
        catch (JournalUnavailableException unavailable)
        {
            return Problem.Unavailable(TicketShape.Kebab(unavailable.Trouble), unavailable.Message);
        }
    }
}
