using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>The member of staff whose request this is.</summary>
/// <param name="Counter">Where they sit, or null.</param>
internal sealed record Signed(string User, StaffRole Role, CounterId? Counter)
{
    public SignedIn View => new(User, Role);
}

/// <summary>Who may call an address. An address that says nothing is for customers' screens: an enrolled device, the board itself, or staff.</summary>
internal abstract record Access
{
    /// <summary>A member of staff with one of these rights.</summary>
    public sealed record Needs(params Right[] AnyOf) : Access;

    /// <summary>Everybody who reaches the board: sign-in, health, a customer's phone, assets.</summary>
    public sealed record Everybody : Access;
}

internal static class AccessExtensions
{
    public static T Needs<T>(this T route, params Right[] anyOf) where T : IEndpointConventionBuilder => route.WithMetadata(new Access.Needs(anyOf));

    public static T ForEverybody<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new Access.Everybody());

    /// <summary>Null: nobody is signed in with this request.</summary>
    public static Signed? Staff(this HttpContext http) => http.Items[typeof(Signed)] as Signed;

    public static void SetStaff(this HttpContext http, Signed signed) => http.Items[typeof(Signed)] = signed;
}
