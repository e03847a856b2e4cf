using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Web.Screens;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Firmware.Web.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kiosk.Ui.Tests.Support;

/// <summary>The screens on a real web server on a free port of loopback, over the hall's own rules.</summary>
internal sealed class ScreenHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScreenHost(WebApplication app, HallFeed feed, MemoryIntake intake, FakeDevices devices, FakeAppointments appointments, FakeDesk desk) =>
        (_app, Feed, Intake, Devices, Appointments, Desk) = (app, feed, intake, devices, appointments, desk);

    public HallFeed Feed { get; }

    public MemoryIntake Intake { get; }

    public FakeDevices Devices { get; }

    public FakeAppointments Appointments { get; }

    /// <summary>Of a hall with a self-service terminal.</summary>
    public FakeDesk Desk { get; }

    /// <summary>Who is signed in with every request, or null.</summary>
    public StaffRole? Role { get; set; } = StaffRole.Manager;

    public string User { get; set; } = "wang";

    /// <summary>What the money pages ask for beside the ledger.</summary>
    public required FakeOffice Office { get; init; }

    public string Address => _app.Urls.First();

    public int Port => new Uri(Address).Port;

    /// <param name="port">0 for any free one; else that of a host which was stopped.</param>
    /// <param name="before">The hall of the stopped host: what its journal would have kept.</param>
    public static async Task<ScreenHost> StartAsync(int port = 0, HallSnapshot? before = null, bool dayOpen = true, Func<HallProfile, HallProfile>? change = null, TimeProvider? clock = null, WaitQuote? waits = null)
    {
        var profile = (change ?? (same => same))(DemoProfile.Hall);
        var feed = new HallFeed(profile, before ?? new HallSnapshot(1, 0, TimeProvider.System.GetUtcNow(), HallState.For(profile, printing: true)));
        var intake = new MemoryIntake(feed, TimeProvider.System);
        var (devices, appointments, desk) = (new FakeDevices(), new FakeAppointments(), new FakeDesk(intake, feed));
        var office = new FakeOffice(intake, feed);
        if (dayOpen && feed.Latest.State.Phase == DayPhase.Closed) intake.Do(new HallCommand.OpenDay(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)));

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (clock is not null) builder.Services.AddSingleton(clock);
        if (waits is not null) builder.Services.AddSingleton(waits);
        builder.Services.AddSingleton(feed).AddSingleton<IIntake>(intake).AddSingleton<IDeviceDirectory>(devices).AddSingleton<IAppointments>(appointments).AddSingleton<Kiosk.Firmware.Staff.Refusals>().AddHallScreens(new Uri("http://127.0.0.1/"));
        if (profile.Payments is not null) builder.Services.AddSingleton<IPaymentDesk>(desk).AddSingleton<IMoneyOffice>(office).AddSingleton<StaffPress>().AddSingleton<StaffPages>().AddMoneyScreens();
        var app = builder.Build();
        ScreenHost? host = null;
        app.Use((http, next) =>
        {
            if (host?.Role is { } role) http.SetStaff(new(host.User, role, null));
            return next(http);
        });
        app.MapHallScreens();
        if (profile.Payments is not null) app.MapMoneyScreens();
        app.MapPost("/api/v1/emulators/{id}/{control}", (string id, string control, System.Text.Json.JsonElement body) => devices.Control(id, control, body) ? Results.NoContent() : Results.NotFound());
        app.MapPost("/api/v1/devices/{id}/test", async (string id, CancellationToken cancel) => Results.Ok(await devices.TestAsync(id, cancel)));
        await app.StartAsync();
        return host = new ScreenHost(app, feed, intake, devices, appointments, desk) { Office = office };
    }

    public TicketId Take(string service, string language = "zh-CN")
    {
        var id = new TicketId(Guid.NewGuid().ToString("N")[..12]);
        Intake.Do(new HallCommand.TakeTicket(id, new(service), language));
        return id;
    }

    /// <summary>As if the customer had been told so when the number was taken.</summary>
    public void Tell(TicketId ticket, WaitPromise told)
    {
        var latest = Feed.Latest;
        var tickets = latest.State.Tickets.SetItem(ticket, latest.State.Tickets[ticket] with { Promise = told });
        Feed.Publish(latest with { Seq = latest.Seq + 1, State = latest.State with { Tickets = tickets } });
    }

    /// <summary>Twelve people took numbers; counters call, serve, pause; one was set aside.</summary>
    public ScreenHost Busy()
    {
        string[] services = ["bill", "bill", "number", "plan", "bill", "complaint", "bill", "vip", "plan", "bill", "number", "bill", "bill", "plan"];
        foreach (var service in services) Take(service);
        for (var n = 1; n <= 5; n++) Intake.Do(new HallCommand.OpenCounter(new(n)));
        for (var n = 1; n <= 4; n++) Intake.Do(new HallCommand.CallNext(new(n)));
        Intake.Do(new HallCommand.Begin(new(1)));
        Intake.Do(new HallCommand.Hold(new(2)));
        Intake.Do(new HallCommand.CallNext(new(2)));
        Intake.Do(new HallCommand.MarkNoShow(new(3)));
        Intake.Do(new HallCommand.CallNext(new(3)));
        Intake.Do(new HallCommand.PauseCounter(new(5)));
        return this;
    }

    /// <summary>One bill paid by card and credited, one in cash (140.00 put in, 53.50 too much), one stopped after nothing.</summary>
    public ScreenHost Sold()
    {
        var card = Begin(PayMeans.Card, 8_650);
        Desk.CardGoesOut();
        Desk.CardAuthorised();
        Desk.BillerConfirms(card);
        Intake.Do(new HallCommand.DecideCard(card, true, "confirmed"));
        Desk.CardPaid(card);
        var cash = Begin(PayMeans.Cash, 8_650);
        Desk.Put(2_000);
        Desk.Put(2_000);
        Desk.Put(10_000);
        Intake.Do(new HallCommand.FinishCash(cash));
        Desk.BillerConfirms(cash);
        Intake.Do(new HallCommand.StopPayment(Begin(PayMeans.Cash, 2_000), "cancelled"));
        return this;
    }

    /// <returns>The case.</returns>
    public int UnknownCard(long minor)
    {
        var payment = Begin(PayMeans.Card, minor);
        Desk.CardGoesOut();
        Desk.CardUnknown();
        Desk.OpenCase(payment);
        return Feed.Latest.State.Ledger!.LastCase;
    }

    private PaymentId Begin(PayMeans means, long minor)
    {
        var id = new PaymentId(Guid.NewGuid().ToString("N")[..12]);
        Intake.Do(new HallCommand.BeginPayment(id, "mobile", "bill-7f3a", "•••• 5678", "王*明", DemoPayments.Yuan(8_650), DemoPayments.Yuan(minor), means, "zh-CN"));
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await _app.DisposeAsync();
    }
}

