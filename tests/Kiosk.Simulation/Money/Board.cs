using System.Text;
using System.Text.Json.Nodes;
using Kiosk.DemoBiller;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Devices.Paper;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiosk.Simulation.Money;

/// <summary>One life of a board: the real engine, journal, payment workers and drivers, without screens. The devices at the other end of the cables outlive it.</summary>
internal sealed class Board : IAsyncDisposable
{
    private readonly IHost _host;

    private Board(IHost host, MortalJournal journal) => (_host, Journal) = (host, journal);

    public MortalJournal Journal { get; }

    public HallFeed Feed => The<HallFeed>();

    public LedgerState Ledger => Feed.Latest.State.Ledger!;

    public IPaymentDesk Desk => The<IPaymentDesk>();

    public IIntake Intake => The<IIntake>();

    public BillerServer Biller => The<BillerSet>().Demo!;

    public T The<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <param name="devices">Each with the link under which the board finds it.</param>
    public static async Task<Board> StartAsync(string data, JsonObject hall, TimeProvider time, Func<SqliteJournal, MortalJournal> journal, CancellationToken cancel)
    {
        var reading = ProfileReader.Read(Encoding.UTF8.GetBytes(hall.ToJsonString()), DeviceSupervisor.Check);
        var profile = reading.Profile ?? throw new InvalidDataException(string.Join("; ", reading.Mistakes.Select(mistake => $"{mistake.Path} {mistake.Message}")));
        var mortal = journal(SqliteJournal.Open(data, "simulation", time));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var services = builder.Services;
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddLogging(logging => logging.ClearProviders());
        var (feed, answered) = Recovery.Run(mortal, profile, printing: false);
        services.AddSingleton<TimeProvider>(new HallTime(time, feed.Latest.At)).AddSingleton(profile).AddSingleton<IJournal>(mortal).AddSingleton(feed).AddSingleton(answered);
        services.AddSingleton<HallEngine>().AddSingleton<IIntake>(all => all.GetRequiredService<HallEngine>()).AddHostedService(all => all.GetRequiredService<HallEngine>());
        services.AddPayments(profile, data, data);
        services.AddSingleton(all => new PaperFile(data, all.GetRequiredService<ILogger<PaperFile>>())).AddSingleton<PaperRolls>();
        services.AddSingleton<DeviceSupervisor>().AddSingleton<IDeviceDirectory>(all => all.GetRequiredService<DeviceSupervisor>());
        services.AddHostedService(all => all.GetRequiredService<DeviceSupervisor>());
        var board = new Board(builder.Build(), mortal);
        try
        {
            await board._host.StartAsync(cancel);
            if (board.Feed.Latest.State.Phase != DayPhase.Open) await board.Intake.AskAsync(Request.Once("simulation", new HallCommand.OpenDay(new(2026, 1, 5))), cancel);
        }
        catch (Exception refused) when (refused is JournalUnavailableException && mortal.Dead)
        {
            // It died in its first moments.
        }

        return board;
    }

    public async ValueTask DisposeAsync()
    {
        Journal.Die();
        await _host.StopAsync(CancellationToken.None);
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        Journal.Dispose();
    }
}
