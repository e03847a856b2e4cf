using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Staff;

/// <summary>Writes down who was refused: one fact each, and in a flood one a minute that says how many, so that nobody fills the disk by being refused.</summary>
internal sealed partial class Refusals(IIntake intake, TimeProvider time, ILogger<Refusals> log) : BackgroundService
{
    /// <summary>Facts of their own within a minute; sign-ins are counted apart, so that neither hides the other.</summary>
    public const int SingleAMinute = 60;

    private const int LongestText = 120;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AccessRefused> _sums = [];
    private DateTimeOffset _since;
    private int _access, _signIns;

    public Task AccessAsync(string? user, string from, string what, string why)
    {
        var fact = new AccessRefused(user, from, Cut(what, LongestText), why);
        return Room(ref _access, fact) ? TellAsync(fact, from, user) : Task.CompletedTask;
    }

    public Task SignInAsync(string user, string from, string why)
    {
        return Room(ref _signIns, new AccessRefused(null, from, "sign-in", why)) ? TellAsync(new SignInRefused(user, from, why), from, null) : Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await FlushAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes down what is left.
        }
    }

    /// <summary>Writes down what was summed up.</summary>
    internal async Task FlushAsync()
    {
        List<AccessRefused> sums;
        lock (_gate)
        {
            sums = [.. _sums.Values];
            _sums.Clear();
        }

        foreach (var sum in sums) await TellAsync(sum, "clock", null);
    }

    // Summed by reason: of those there are few, of addresses and users as many as somebody likes to make up.
    private bool Room(ref int count, AccessRefused fact)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now - _since >= Minute) (_since, _access, _signIns) = (now, 0, 0);
            if (count++ < SingleAMinute) return true;

            var key = $"{(ReferenceEquals(fact.What, "sign-in") ? "sign-in" : "")} {fact.Why}";
            _sums[key] = _sums.TryGetValue(key, out var sum)
                ? sum with { Times = sum.Times + 1, User = sum.User == fact.User ? sum.User : null, From = sum.From == fact.From ? sum.From : "several", What = sum.What == fact.What ? sum.What : "several" }
                : fact;
            return false;
        }
    }

    private async Task TellAsync(Note fact, string from, string? who)
    {
        try
        {
            await intake.AskAsync(Request.Once(from, new HallCommand.WriteDown(fact), who), CancellationToken.None);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogNotWritten(log, fact.ToString(), refused.Message);
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    [LoggerMessage(1, LogLevel.Warning, "Not in the journal: {Fact}: {Reason}")]
    private static partial void LogNotWritten(ILogger log, string fact, string reason);
}
