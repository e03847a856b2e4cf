using Kiosk.Domain.Hall;
using Kiosk.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tool = Kiosk.Provisioning.Kioskctl;

namespace Kiosk.Firmware.Tests.Kioskctl;

/// <summary>A data directory that goes away with the test, and kioskctl run on it.</summary>
internal sealed class DataDirectory : IDisposable
{
    public static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);

    public string Path { get; } = Directory.CreateTempSubdirectory("ctl-").FullName;

    public string Socket => System.IO.Path.Combine(Path, "kiosk.sock");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>A journal of one business day with that many tickets: event 1 opens the day.</summary>
    public void WriteJournal(int tickets)
    {
        using var journal = SqliteJournal.Open(Path);
        var at = new DateTimeOffset(2026, 1, 5, 0, 30, 0, TimeSpan.Zero);
        journal.Append([new(at, new HallEvent.DayOpened(new(2026, 1, 5)), "r0", "host")]);
        journal.Append([.. Enumerable.Range(1, tickets).Select(n => new Entry(
            at.AddSeconds(n), new HallEvent.TicketIssued(new($"t{n}"), new('A', n), new("pay"), "en", n - 1), $"r{n}", "kiosk"))]);
    }

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>What a host serves on its socket, from an answer per address.</summary>
    public async Task<WebApplication> HostAsync(Func<HttpRequest, IResult> answer)
    {
        File.Delete(Socket);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Socket));
        var host = builder.Build();
        host.Run(async context => await answer(context.Request).ExecuteAsync(context));
        await host.StartAsync().WaitAsync(Watchdog);
        return host;
    }

    public static async Task<Ran> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Tool.RunAsync(arguments, output, errors, new UtcTime(), default).WaitAsync(Watchdog);
        return new(code, output.ToString(), errors.ToString());
    }

    internal sealed record Ran(int Code, string Output, string Errors)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The system's clock in a zone that is the same on every machine; waits are a hundred times shorter.</summary>
    internal sealed class UtcTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 100, period);
    }
}
