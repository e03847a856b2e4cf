using Kiosk.Domain.Site;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Devices.Paper;
using Kiosk.Firmware.Devices.Scripts;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Forecasts;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Reports;
using Kiosk.Firmware.Web;
using Kiosk.Firmware.Web.Api;
using Kiosk.Firmware.Web.Screens;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Hardware;
using Kiosk.Journal;
using Microsoft.Extensions.Logging.Console;

namespace Kiosk.Firmware;

/// <summary>The host of one hall: engine, devices, report to the store, screens.</summary>
internal static class Appliance
{
    /// <summary>How long workers may take to stop: a slip that is being printed is finished.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(LaunchOptions options, HallProfile profile, IJournal journal)
    {
        // Before anything is started: a broker, a day or a device must not come and go because a port is taken.
        if (ListenAddress.Trouble(options.Url) is { } trouble)
        {
            await Console.Error.WriteLineAsync($"The address {options.Url} cannot be used: {trouble}. Stop the program that has it, or choose another with --urls http://127.0.0.1:PORT.");
            return ExitCode.AddressInUse;
        }

        if (ControlSocket.Trouble(options.Data) is { } tooLong)
        {
            await Console.Error.WriteLineAsync(tooLong);
            return ExitCode.NoJournal;
        }

        await using var app = Build(options, profile, journal);
        await app.StartAsync();
        if (app.Services.GetService<MqttSettings>() is not null) await BrokerAsync(app.Services.GetRequiredService<MqttStatus>());
        Welcome.Write(Console.Out, options, profile, app.Services.GetRequiredService<MqttStatus>(), app.Services.GetRequiredService<AccountBook>().Accounts.Count > 0);
        await app.WaitForShutdownAsync();
        if (app.Services.GetRequiredService<ProfileReload>().Asked) return ExitCode.Again;
        var broken = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask?.IsFaulted == true);
        return broken ? ExitCode.Bug : ExitCode.Clean;
    }

    // The child broker finds its port while the host is already serving: the welcome waits a moment to name it.
    private static async Task BrokerAsync(MqttStatus mqtt)
    {
        for (var look = 0; look < 30 && mqtt.Broker.Length == 0; look++) await Task.Delay(100);
    }

    /// <param name="change">For tests: other services than those of a board.</param>
    public static WebApplication Build(LaunchOptions options, HallProfile profile, IJournal journal, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(Appliance).Assembly.GetName().Name });
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Logging.ClearProviders().AddConsole(console => console.FormatterName = PlainConsole.Name).AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        AddHall(builder.Services, options, profile, journal);

        change?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<AccountBook>();
        app.UseGate();
        app.MapHallScreens();
        app.MapStaff();
        app.MapBookScreens();
        app.MapHallApi();
        app.MapControl();
        return app;
    }

    /// <summary>Whether the hall has a ticket printer.</summary>
    public static bool Prints(HallProfile profile) => profile.Devices.Any(device => DriverCatalog.Find(device.Driver)?.Class == DeviceClass.TicketPrinter);

    private static void AddHall(IServiceCollection services, LaunchOptions options, HallProfile profile, IJournal journal)
    {
        var (feed, answered) = Recovery.Run(journal, profile, Prints(profile), LearnedFile.Read(options.Data, journal.Epoch));

        services.AddSingleton<TimeProvider>(new HallTime(TimeProvider.System, feed.Latest.At)).AddSingleton<IClockTrust, KernelClock>();
        services.AddSingleton(profile).AddSingleton(options).AddSingleton(journal).AddSingleton((IArchive)journal).AddSingleton((IPersonalData)journal).AddSingleton((ILedgerBook)journal).AddSingleton(feed).AddSingleton(answered);
        services.AddSingleton<HallEngine>().AddSingleton<IIntake>(all => all.GetRequiredService<HallEngine>());
        services.AddHostedService(all => all.GetRequiredService<HallEngine>());
        services.AddHostedService<DayKeeper>();
        services.AddHallReports();
        services.AddHostedService<WaitsKeeper>();
        services.AddForecasts();

        services.AddSingleton(all => new SlipShelf(options.Data, options.ProfileFolder, profile.Slips, all.GetRequiredService<ILogger<SlipShelf>>()));
        services.AddSingleton(all => new TicketLayout(profile, ListenAddress.Public(options.Url, profile), all.GetRequiredService<SlipShelf>()));
        services.AddSingleton(all => new ReceiptLayout(profile, ListenAddress.Public(options.Url, profile), all.GetRequiredService<SlipShelf>())).AddSingleton<PaperLayout>().AddSingleton<ReportTray>();
        services.AddSingleton<IDeviceAttendant, ButtonInput>().AddSingleton<IDeviceAttendant, DisplayWorker>().AddSingleton<IDeviceAttendant, PrintWorker>();
        services.AddSingleton<IDeviceAttendant, AnnounceWorker>();
        services.AddSingleton<DeviceSupervisor>().AddSingleton<IDeviceDirectory>(all => all.GetRequiredService<DeviceSupervisor>());

        services.AddPayments(profile, options.ProfileFolder, options.Data);

        // Before the devices: hosted services stop in the opposite order, so the last slip is counted too.
        services.AddSingleton(all => new PaperFile(options.Data, all.GetRequiredService<ILogger<PaperFile>>())).AddSingleton<PaperRolls>().AddHostedService<PaperKeeper>();
        services.AddHostedService(all => all.GetRequiredService<DeviceSupervisor>());
        services.AddSingleton<EmulatorScripts>().AddHostedService(all => all.GetRequiredService<EmulatorScripts>());

        services.AddHallBooks().AddBookScreens();
        if (options.Crowd > 0) services.AddHostedService(all => ActivatorUtilities.CreateInstance<Crowd>(all, options.Crowd));
        services.AddSingleton<ProfileReload>().AddSingleton<IProfileReload>(all => all.GetRequiredService<ProfileReload>());
        var mqtt = Mqtt(options, profile);
        services.AddHallMqtt(mqtt);
        if (mqtt.Enabled) services.AddStoreCommands();
        services.AddStaff(options.DemoPin);
        services.AddHallApi();
        services.AddHallScreens(ListenAddress.Public(options.Url, profile));
    }

    private static MqttSettings Mqtt(LaunchOptions options, HallProfile profile)
    {
        var settings = MqttSettings.Of(profile, options.Data, HealthApi.Version);
        return settings.Beside(options.ProfileFolder) with
        {
            DemoStore = options.DemoPin is not null,
            Enabled = (settings.Enabled || options.Mqtt is not null) && !options.NoBroker,
            Url = options.Mqtt ?? settings.Url,
            Port = options.MqttPort ?? settings.Port,
        };
    }

    private static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, LaunchOptions options)
    {
        kestrel.AddServerHeader = false;
        ConnectionLimits.Set(kestrel.Limits);
        var socket = ControlSocket.Path(options.Data);

        // A host that was killed leaves its socket behind; the data directory's lock says that nobody listens.
        File.Delete(socket);
        kestrel.ListenUnixSocket(socket);
        kestrel.Listen(ListenAddress.Of(options.Url), ConnectionLimits.OfOneAddress);
    }
}
