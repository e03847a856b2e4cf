using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Devices.Paper;
using Kiosk.Firmware.Devices.Scripts;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Devices, their tests, and the controls of those that are emulated.</summary>
internal static class DeviceApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/devices", (IDeviceDirectory devices) => Results.Json([.. devices.Devices.Select(Shape)], ApiJson.Wire.IReadOnlyListDeviceShape))
            .WithTags("Devices").WithSummary("Every device with its health").Produces<IReadOnlyList<DeviceShape>>();
        api.MapPost("/devices/{id}/test", TestAsync).WithTags("Devices").WithSummary("Test a device now").Produces<DeviceShape>().Produces<Problem>(StatusCodes.Status404NotFound)
            .Needs(Right.ServiceDevices, Right.RunDay);

        api.MapPost("/devices/{id}/paper", PaperAsync).WithTags("Devices").WithSummary("A new roll is in this printer").Produces<DeviceShape>().Produces<Problem>(StatusCodes.Status404NotFound)
            .Needs(Right.ServiceDevices);

        var emulators = api.MapGroup("/emulators").WithTags("Emulators");
        emulators.MapGet("/", (IDeviceDirectory devices) => Results.Json([.. devices.Devices.Where(d => d.Emulated).Select(Emulator)], ApiJson.Wire.IReadOnlyListEmulatorShape))
            .WithSummary("Devices that are emulated: what they look like and what can be done to them").Produces<IReadOnlyList<EmulatorShape>>();
        emulators.MapGet("/{id}", (IDeviceDirectory devices, string id) => devices.Devices.FirstOrDefault(d => d.Id == id && d.Emulated) is { } device
                ? Results.Json(Emulator(device), ApiJson.Wire.EmulatorShape)
                : NoEmulator(devices, id))
            .WithSummary("One of them").Produces<EmulatorShape>().Produces<Problem>(StatusCodes.Status404NotFound);
        emulators.MapGet("/{id}/sound", Sound).WithSummary("What was heard of an emulated loudspeaker, as a WAV file: the latest, or the one with this number").Produces(StatusCodes.Status200OK, contentType: "audio/wav")
            .Produces<Problem>(StatusCodes.Status404NotFound);
        emulators.MapPost("/{id}/{control}", ControlAsync).WithSummary("Press a key, pull the paper, open the cover … with the control's arguments as a JSON object")
            .Produces<EmulatorShape>().Produces<Problem>(StatusCodes.Status400BadRequest).Produces<Problem>(StatusCodes.Status404NotFound);
    }

    public static DeviceShape Shape(DeviceView device) => new(
        device.Id,
        TicketShape.Kebab(Enum.Parse<Hardware.DeviceClass>(device.Class)),
        device.Driver,
        device.Link,
        TicketShape.Kebab(device.State),
        device.Fault is { } fault ? System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(fault) : null,
        device.Detail,
        device.Since,
        device.Emulated,
        device.Fault is { } known ? Phrases.In("en").Advice(known) : null,
        device.Paper is { } paper ? PaperShape.Of(paper) : null);

    /// <summary>As its test found it: one that did not answer the test is not in service, whatever it said before.</summary>
    public static DeviceShape Tested(DeviceView device, CheckItem item) => item.Ok ? Shape(device) : Shape(device with { State = DeviceState.OutOfService, Fault = item.Fault ?? device.Fault, Detail = item.Detail });

    private static EmulatorShape Emulator(DeviceView device) => new(device.Id, Shape(device).Class, device.Look!, device.Controls, ReadyScripts.For(device));

    private static async Task<IResult> TestAsync(IDeviceDirectory devices, string id, CancellationToken cancel) =>
        await devices.TestAsync(id, cancel) is { } device ? Results.Json(Shape(device), ApiJson.Wire.DeviceShape) : NoDevice(devices, id);

    private static async Task<IResult> PaperAsync(HttpContext http, Asking asking, IDeviceDirectory devices, string id)
    {
        if (devices.Devices.FirstOrDefault(device => device.Id == id) is not { Paper: not null })
            return Problem.NotFound("no-paper-counted", $"There is no printer \"{id}\" whose paper is counted; there are: {string.Join(", ", devices.Devices.Where(device => device.Paper is not null).Select(device => device.Id))}.");

        return await asking.AskAsync(http, new HallCommand.WriteDown(new HallEvent.PaperLoaded(id, PaperKeeper.Pressed)), $"paper {id}", answer =>
        {
            if (!answer.Repeated) devices.PaperLoaded(id);
            return Results.Json(Shape(devices.Devices.First(device => device.Id == id)), ApiJson.Wire.DeviceShape);
        });
    }

    private static async Task<IResult> ControlAsync(HttpContext http, IDeviceDirectory devices, string id, string control)
    {
        var arguments = await RequestBody.ReadAnyAsync(http.Request, http.RequestAborted);
        try
        {
            if (!devices.Control(id, control, arguments.Element)) return NoEmulator(devices, id);
        }
        catch (ArgumentException mistake)
        {
            return Problem.BadInput(mistake.ParamName ?? control, mistake.Message);
        }

        return Results.Json(Emulator(devices.Devices.First(device => device.Id == id)), ApiJson.Wire.EmulatorShape);
    }

    private static IResult Sound(IDeviceDirectory devices, string id, long? number) =>
        devices.Sound(id, number) is { } sound ? Results.Bytes(sound.Wav, "audio/wav", $"{id}-{sound.Number}.wav", enableRangeProcessing: true)
        : devices.Devices.Any(device => device.Id == id && device.Emulated) ? Problem.NotFound("no-sound", $"\"{id}\" keeps no such sound; the numbers of those that it keeps stand in its look, as heard.")
        : NoEmulator(devices, id);

    internal static IResult NoDevice(IDeviceDirectory devices, string id) =>
        Problem.NotFound("unknown-device", $"There is no device \"{id}\"; there are: {string.Join(", ", devices.Devices.Select(device => device.Id))}.");

    internal static IResult NoEmulator(IDeviceDirectory devices, string id) =>
        Problem.NotFound("not-emulated", $"There is no emulated device \"{id}\"; there are: {string.Join(", ", devices.Devices.Where(device => device.Emulated).Select(device => device.Id))}.");
}
