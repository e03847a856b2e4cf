using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Accounts over the control socket, for <c>kioskctl staff</c>: whoever owns the data directory owns the accounts.</summary>
internal static class StaffControl
{
    private const string From = "kioskctl";

    public static void Map(RouteGroupBuilder control)
    {
        control.MapGet("/staff", (AccountBook accounts, HallProfile profile, TimeProvider time) =>
            Results.Json([.. accounts.Accounts.Select(account => StaffApi.Shape(account, profile, time))], ApiJson.Wire.IReadOnlyListStaffShape));
        control.MapPost("/staff/{user}/{order}", DoAsync);
    }

    private static async Task<IResult> DoAsync(HttpContext http, StaffRegister register, string user, string order)
    {
        try
        {
            var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "role", "pin");
            if (Order(order, body) is not { } asked) return Problem.NotFound("unknown-address", "add, role, pin, unlock or remove.");
            var change = await register.ChangeAsync(asked, user, From, null);
            return change.Refused is null ? Results.NoContent() : StaffApi.Refused(change);
        }
        catch (BadInputException mistake)
        {
            return Problem.BadInput(mistake.Field, mistake.Message, mistake.Allowed);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return SignInApi.Trouble(refused);
        }
    }

    private static StaffOrder? Order(string order, RequestBody body) => order switch
    {
        "add" => new StaffOrder.Add(Role(body), Pin(body)),
        "role" => new StaffOrder.SetRole(Role(body)),
        "pin" => new StaffOrder.SetPin(Pin(body)),
        "unlock" => new StaffOrder.Unlock(),
        "remove" => new StaffOrder.Remove(),
        _ => null,
    };

    private static Domain.Staff.StaffRole Role(RequestBody body) => StaffAccount.RoleOf(body.Text("role", StaffAccount.Roles))!.Value;

    private static string Pin(RequestBody body) =>
        body.HasNullable("pin", out var pin) && pin is not null ? pin : throw new BadInputException("pin", "The field \"pin\" is missing.");
}
