using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Web.Staff;

/// <param name="May">store, board or read.</param>
/// <param name="Device">Of a board.</param>
/// <param name="ByCertificate">It has no password.</param>
public sealed record BrokerUserShape(string Name, string May, string? Device, bool ByCertificate);

/// <summary>Users of the hall's own broker over the control socket, for <c>kioskctl broker</c>.</summary>
internal static class BrokerControl
{
    public static void Map(RouteGroupBuilder control)
    {
        control.MapGet("/broker/users", (HttpContext http) => With(http, access =>
            Results.Json([.. access.Users.Users.Select(Shape)], ApiJson.Wire.IReadOnlyListBrokerUserShape)));
        control.MapPost("/broker/users/{name}/{order}", async (HttpContext http, string name, string order) =>
        {
            try
            {
                var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "may", "device", "password");
                return With(http, access => Do(access, name, order, body));
            }
            catch (BadInputException mistake)
            {
                return Problem.BadInput(mistake.Field, mistake.Message, mistake.Allowed);
            }
        });
    }

    private static BrokerUserShape Shape(BrokerUser user) => new(user.Name, BrokerUser.Word(user.May), user.Device, user.Password is null);

    private static IResult With(HttpContext http, Func<BrokerAccess, IResult> work)
    {
        if (http.RequestServices.GetService<BrokerAccess>() is not { } access)
            return Problem.Conflict("no-broker", "This host runs no broker of its own: its users are made where the store's broker is.");

        try
        {
            return work(access);
        }
        catch (JournalRefusedException damaged)
        {
            return Problem.Unavailable("damaged", damaged.Message);
        }
        catch (JournalUnavailableException unavailable)
        {
            return SignInApi.Trouble(unavailable);
        }
    }

    private static IResult Do(BrokerAccess access, string name, string order, RequestBody body)
    {
        Func<BrokerUsers, BrokerUsersChange>? change = order switch
        {
            "add" => users => BrokerUsersChange.Add(users, name, BrokerUser.RightOf(body.Text("may", BrokerUser.Rights))!.Value, Given(body, "device"), Given(body, "password")),
            "password" => users => BrokerUsersChange.SetPassword(users, name, Given(body, "password") ?? ""),
            "remove" => users => BrokerUsersChange.Remove(users, name),
            _ => null,
        };
        if (change is null) return Problem.NotFound("unknown-address", "add, password or remove.");

        var done = access.Change(change);
        return done.Reason switch
        {
            null => Results.NoContent(),
            "unknown-user" => Problem.NotFound(done.Reason, done.Refused!),
            "user-exists" or "too-many" => Problem.Conflict(done.Reason, done.Refused!),
            _ => Problem.BadInput(done.Reason["bad-".Length..], done.Refused!),
        };
    }

    private static string? Given(RequestBody body, string member) => body.HasNullable(member, out var text) ? text : null;
}
