using Kiosk.Domain.Staff;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Screens.Pages;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Staff: who they are, what they may, what they did.</summary>
internal static class StaffEndpoints
{
    public static IServiceCollection AddStaff(this IServiceCollection services, string? demoPin)
    {
        services.AddSingleton(new DemoPin(demoPin)).AddSingleton(new PinCost(Journal.Accounts.PinHash.Iterations2026));
        services.AddSingleton<AccountBook>().AddSingleton<PinCheck>().AddSingleton<SignInThrottle>().AddSingleton<Sessions>().AddSingleton<StaffDesk>().AddSingleton<StaffRegister>().AddSingleton<ScreenDesk>();
        services.AddSingleton<Refusals>().AddHostedService(all => all.GetRequiredService<Refusals>());
        services.AddHostedService<SessionSweeper>();
        services.AddSingleton<Audit>().AddSingleton<Refused>().AddSingleton<SignInPages>().AddSingleton<UserPages>().AddSingleton<EnrolPages>().AddSingleton<AuditPages>();
        return services;
    }

    /// <summary>Before any address is served: headers, then the gate.</summary>
    public static void UseGate(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMiddleware<Gate>();
    }

    public static void MapStaff(this WebApplication app)
    {
        var pages = app.MapGroup("").AddEndpointFilter(PageGuard.InvokeAsync).ExcludeFromDescription();
        pages.MapGet("/sign-in", (HttpContext http, SignInPages sign) => sign.ShowAsync(http)).ForEverybody();
        pages.MapPost("/sign-in", (HttpContext http, SignInPages sign, CancellationToken cancel) => sign.SignInAsync(http, cancel)).ForEverybody();
        pages.MapPost("/sign-out", (HttpContext http, SignInPages sign, CancellationToken cancel) => sign.SignOutAsync(http, cancel)).ForEverybody();
        pages.MapPost("/counter/{number}/sit", (HttpContext http, string number, SignInPages sign) => sign.SitAsync(http, number)).Needs(Right.ServeCounter);
        pages.MapGet("/enrol/{code}", (HttpContext http, string code, EnrolPages enrol) => enrol.ShowAsync(http, code)).ForEverybody();
        pages.MapPost("/enrol/{code}", (HttpContext http, string code, EnrolPages enrol) => enrol.EnrolAsync(http, code)).ForEverybody();
        pages.MapGet("/manager/users", (HttpContext http, UserPages users) => users.ShowAsync(http)).Needs(Right.ManageStaff);
        pages.MapPost("/manager/users", (HttpContext http, UserPages users, CancellationToken cancel) => users.DoAsync(http, cancel)).Needs(Right.ManageStaff);
        pages.MapGet("/manager/audit", (HttpContext http, AuditPages audit) => audit.ShowAsync(http)).Needs(Right.SeeAudit);
    }
}
