using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Accounts and enrolled screens, for managers.</summary>
internal static class StaffApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var staff = api.MapGroup("/staff").WithTags("Staff").Needs(Right.ManageStaff);
        staff.MapGet("/", (AccountBook accounts, HallProfile profile, TimeProvider time) => Results.Json([.. accounts.Accounts.Select(account => Shape(account, profile, time))], ApiJson.Wire.IReadOnlyListStaffShape))
            .WithSummary("All accounts").Produces<IReadOnlyList<StaffShape>>();
        staff.MapPost("/", async (HttpContext http, StaffRegister register, AccountBook accounts, HallProfile profile, TimeProvider time) =>
        {
            var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "user", "role", "pin");
            return await ChangeAsync(http, register, accounts, profile, time, Text(body, "user"), new StaffOrder.Add(Role(body), Text(body, "pin")), StatusCodes.Status201Created);
        }).WithSummary("A new account: {\"user\", \"role\", \"pin\"}").Produces<StaffShape>(StatusCodes.Status201Created).Refuses();
        staff.MapPost("/{user}/role", (HttpContext http, StaffRegister register, AccountBook accounts, HallProfile profile, TimeProvider time, string user) =>
            WithBodyAsync(http, register, accounts, profile, time, user, "role", body => new StaffOrder.SetRole(Role(body)))).WithSummary("{\"role\"}; ends the sessions of the user").Produces<StaffShape>().Refuses();
        staff.MapPost("/{user}/pin", (HttpContext http, StaffRegister register, AccountBook accounts, HallProfile profile, TimeProvider time, string user) =>
            WithBodyAsync(http, register, accounts, profile, time, user, "pin", body => new StaffOrder.SetPin(Text(body, "pin")))).WithSummary("{\"pin\"}; ends the sessions of the user").Produces<StaffShape>().Refuses();
        staff.MapPost("/{user}/unlock", (HttpContext http, StaffRegister register, AccountBook accounts, HallProfile profile, TimeProvider time, string user) =>
            ChangeAsync(http, register, accounts, profile, time, user, new StaffOrder.Unlock())).WithSummary("After too many wrong PINs").Produces<StaffShape>().Refuses();
        staff.MapPost("/{user}/remove", (HttpContext http, StaffRegister register, AccountBook accounts, HallProfile profile, TimeProvider time, string user) =>
            ChangeAsync(http, register, accounts, profile, time, user, new StaffOrder.Remove())).WithSummary("The name is not given again; ends the sessions of the user").Produces(StatusCodes.Status204NoContent).Refuses();
        staff.MapPost("/{user}/sign-out", async (HttpContext http, StaffDesk desk, string user) =>
        {
            await desk.SignOutEverywhereAsync(user, "everywhere", Peer.From(http), http.Staff()!.User);
            return Results.NoContent();
        }).WithSummary("Ends all sessions of the user").Produces(StatusCodes.Status204NoContent);

        var screens = api.MapGroup("/screens").WithTags("Staff").Needs(Right.ManageStaff);
        screens.MapGet("/", (AccountBook accounts, HallProfile profile) => Results.Json([.. accounts.Screens.Select(screen => new ScreenShape(screen.Id, screen.Name, TicketShape.Local(screen.Since, profile)))], ApiJson.Wire.IReadOnlyListScreenShape))
            .WithSummary("Enrolled customers' screens").Produces<IReadOnlyList<ScreenShape>>();
        screens.MapPost("/", async (HttpContext http, ScreenDesk desk) =>
        {
            var name = Text(await RequestBody.ReadAsync(http.Request, http.RequestAborted, "name"), "name");
            if (name.Length > ScreenDesk.LongestName) throw new BadInputException("name", $"The name of a screen has at most {ScreenDesk.LongestName} signs.");
            return Results.Json(new InvitationShape($"/enrol/{desk.Invite(name, http.Staff()!.User)}", (int)ScreenDesk.LinkLives.TotalSeconds), ApiJson.Wire.InvitationShape, statusCode: StatusCodes.Status201Created);
        }).WithSummary("A link for a new screen: {\"name\"}; opened there once, within ten minutes").Produces<InvitationShape>(StatusCodes.Status201Created);
        screens.MapPost("/{id}/revoke", async (HttpContext http, ScreenDesk desk, string id) => await TryAsync(async () =>
            await desk.RevokeAsync(id, Peer.From(http), http.Staff()!.User) ? Results.NoContent() : Problem.NotFound("unknown-screen", "There is no such enrolled screen.")))
            .WithSummary("Shuts a screen out").Produces(StatusCodes.Status204NoContent).Refuses();
    }

    public static StaffShape Shape(StaffAccount account, HallProfile profile, TimeProvider time) => new(
        account.User,
        StaffAccount.Word(account.Role),
        account.LockedAt(time.GetUtcNow()) ? TicketShape.Local(account.LockedUntil!.Value, profile) : null,
        account.LastSignIn is { } last ? TicketShape.Local(last, profile) : null);

    public static IResult Refused(StaffChange change) => change.Reason switch
    {
        "unknown-user" => Problem.NotFound(change.Reason, change.Refused!),
        "bad-user" => Problem.BadInput("user", change.Refused!),
        "bad-pin" => Problem.BadInput("pin", change.Refused!),
        _ => Problem.Conflict(change.Reason!, change.Refused!),
    };

    private static async Task<IResult> WithBodyAsync(
        HttpContext http, StaffRegister register, AccountBook accounts, HallProfile profile, TimeProvider time, string user, string member, Func<RequestBody, StaffOrder> order)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, member);
        return await ChangeAsync(http, register, accounts, profile, time, user, order(body));
    }

    private static Task<IResult> ChangeAsync(
        HttpContext http, StaffRegister register, AccountBook accounts, HallProfile profile, TimeProvider time, string user, StaffOrder order, int done = StatusCodes.Status200OK) => TryAsync(async () =>
    {
        var change = await register.ChangeAsync(order, user, Peer.From(http), http.Staff()!.User);
        if (change.Refused is not null) return Refused(change);
        return accounts.Find(user) is { } account ? Results.Json(Shape(account, profile, time), ApiJson.Wire.StaffShape, statusCode: done) : Results.NoContent();
    });

    private static async Task<IResult> TryAsync(Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return SignInApi.Trouble(refused);
        }
    }

    private static StaffRole Role(RequestBody body) => StaffAccount.RoleOf(body.Text("role", StaffAccount.Roles))!.Value;

    private static string Text(RequestBody body, string member) =>
        body.HasNullable(member, out var text) && text is { Length: > 0 and <= 100 } ? text : throw new BadInputException(member, $"The field \"{member}\" is missing.");
}

/// <param name="LockedUntil">Null: not locked.</param>
public sealed record StaffShape(string User, string Role, DateTimeOffset? LockedUntil, DateTimeOffset? LastSignIn);

public sealed record ScreenShape(string Id, string Name, DateTimeOffset Since);

/// <param name="Link">Path on this host; opened on the screen, it works once.</param>
public sealed record InvitationShape(string Link, int ValidSeconds);
