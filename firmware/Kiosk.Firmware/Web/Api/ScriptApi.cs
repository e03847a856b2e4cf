using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Devices.Scripts;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Scripts that misuse emulated devices step by step. Open to whom the emulators' controls are open.</summary>
internal static class ScriptApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var scripts = api.MapGroup("").WithTags("Emulators");
        scripts.MapGet("/emulator-scripts", (EmulatorScripts running) => Results.Json([.. running.All.Values.OrderBy(script => script.Device, StringComparer.Ordinal).Select(ScriptShape.Of)], ApiJson.Wire.IReadOnlyListScriptShape))
            .WithSummary("Scripts that run, and of each other emulator the one that ran last").Produces<IReadOnlyList<ScriptShape>>();
        scripts.MapGet("/emulators/{id}/script", (IDeviceDirectory devices, EmulatorScripts running, string id) => Answer(devices, id, running.Of(id)))
            .WithSummary("The script of one emulator").Produces<ScriptShape>().Produces<Problem>(StatusCodes.Status404NotFound);
        scripts.MapPost("/emulators/{id}/script", BeginAsync)
            .WithSummary("Run {\"ready\": \"bad-day\"}, or {\"steps\": [{\"afterMs\": 0, \"control\": \"paper\", \"arguments\": {\"state\": \"out\"}}, …], \"repeat\": 1}; takes the place of one that runs")
            .Produces<ScriptShape>(StatusCodes.Status202Accepted).Produces<Problem>(StatusCodes.Status400BadRequest).Produces<Problem>(StatusCodes.Status404NotFound);
        scripts.MapDelete("/emulators/{id}/script", async (IDeviceDirectory devices, EmulatorScripts running, string id, CancellationToken cancel) => Answer(devices, id, await running.StopAsync(id, cancel)))
            .WithSummary("Stop it; the device stays as the last step left it").Produces<ScriptShape>().Produces<Problem>(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> BeginAsync(HttpContext http, IDeviceDirectory devices, EmulatorScripts running, string id)
    {
        var body = await RequestBody.ReadAnyAsync(http.Request, http.RequestAborted);
        if (devices.Devices.FirstOrDefault(device => device.Id == id && device.Emulated) is not { } device) return DeviceApi.NoEmulator(devices, id);

        if (body.Element.TryGetProperty("ready", out _) && body.Element.EnumerateObject().FirstOrDefault(member => member.Name != "ready") is { Value.ValueKind: not System.Text.Json.JsonValueKind.Undefined } more)
            throw new BadInputException(more.Name, $"\"{more.Name}\" does not go with \"ready\": a ready script brings its own steps.");

        var script = body.OptionalText("ready", ReadyScripts.For(device)) is { } name ? ReadyScripts.Find(name, device)! : Own(body, device);
        return Results.Json(ScriptShape.Of(await running.BeginAsync(id, script, http.RequestAborted)), ApiJson.Wire.ScriptShape, statusCode: StatusCodes.Status202Accepted);
    }

    private static EmulatorScript Own(RequestBody body, DeviceView device)
    {
        var (script, mistakes) = new ScriptReader(device.Controls).Read(body.Element);
        return script ?? throw new BadInputException(mistakes[0].Field, string.Join("; ", mistakes.Select(mistake => $"{mistake.Field} {mistake.Message}")) + ".");
    }

    private static IResult Answer(IDeviceDirectory devices, string id, ScriptView? script) => script is not null
        ? Results.Json(ScriptShape.Of(script), ApiJson.Wire.ScriptShape)
        : devices.Devices.Any(device => device.Id == id && device.Emulated) ? Problem.NotFound("no-script", $"No script has run on \"{id}\" since the host started.") : DeviceApi.NoEmulator(devices, id);
}
