using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware;

/// <summary>Simulated customers and clerks, so that a demo hall is alive. The last counters are left to the visitor.</summary>
internal sealed class Crowd(int customersAnHour, IIntake intake, HallFeed feed, TimeProvider time) : BackgroundService
{
    /// <summary>Counters that the crowd leaves alone, where the hall has more than this.</summary>
    public const int LeftToVisitor = 2;

    private const int NoShowsInHundred = 6, PriorityInHundred = 12;
    private static readonly PriorityClass[] Often = [PriorityClass.Senior, PriorityClass.Senior, PriorityClass.Senior, PriorityClass.Pregnant, PriorityClass.Disabled, PriorityClass.Vip];
    private static readonly TimeSpan Walk = TimeSpan.FromSeconds(8), Patience = TimeSpan.FromSeconds(25), Look = TimeSpan.FromSeconds(1);

    private readonly Random _random = new();

    public static IEnumerable<CounterProfile> Staffed(HallProfile profile) =>
        profile.Counters.Length > LeftToVisitor ? profile.Counters.Take(profile.Counters.Length - LeftToVisitor) : profile.Counters;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var counters = Staffed(feed.Profile).ToList();
        return Together.RunAsync(stoppingToken, [ArriveAsync, .. counters.Select(counter => (Func<CancellationToken, Task>)(cancel => ServeAsync(counter.Number, counters.Count, cancel)))]);
    }

    private async Task ArriveAsync(CancellationToken cancel)
    {
        // Only services that a staffed counter offers, or the visitor's counters would have to empty the line alone.
        var services = Staffed(feed.Profile).SelectMany(counter => counter.Services).Distinct().ToList();
        var languages = feed.Profile.Languages;
        while (true)
        {
            await Task.Delay(Exponential(TimeSpan.FromHours(1) / customersAnHour), time, cancel);
            var service = services[Math.Min(_random.Next(services.Count), _random.Next(services.Count))];
            var language = languages[Math.Min(_random.Next(languages.Length), _random.Next(languages.Length))];
            PriorityClass? priority = _random.Next(100) < PriorityInHundred ? Often[_random.Next(Often.Length)] : null;
            await AskAsync(new HallCommand.TakeTicket(TicketCodes.Draw(), service, language, Class: priority), cancel);
        }
    }

    private async Task ServeAsync(CounterId counter, int clerks, CancellationToken cancel)
    {
        // Nine tenths of the clerks' time: a line forms now and then and is worked off.
        var meanService = TimeSpan.FromHours(0.9 * clerks / customersAnHour) - Walk;
        while (true)
        {
            if (feed.Latest.State.Counters[counter].Phase == CounterPhase.Closed) await AskAsync(new HallCommand.OpenCounter(counter), cancel);
            if (feed.Latest.State.Counters[counter].Clerk is null) await AskAsync(new HallCommand.StaffCounter(counter, $"crowd-{counter}"), cancel);
            if (!await AskAsync(new HallCommand.CallNext(counter), cancel) || feed.Latest.State.Counters[counter].Ticket is null)
            {
                await Task.Delay(Look, time, cancel);
                continue;
            }

            if (_random.Next(100) < NoShowsInHundred)
            {
                await Task.Delay(Patience, time, cancel);
                await AskAsync(new HallCommand.Recall(counter), cancel);
                await Task.Delay(Patience, time, cancel);
                await AskAsync(new HallCommand.MarkNoShow(counter), cancel);
                continue;
            }

            await Task.Delay(Exponential(Walk), time, cancel);
            await AskAsync(new HallCommand.Begin(counter), cancel);
            await Task.Delay(Exponential(meanService > Walk ? meanService : Walk), time, cancel);
            await AskAsync(new HallCommand.Finish(counter), cancel);
        }
    }

    private async Task<bool> AskAsync(HallCommand command, CancellationToken cancel)
    {
        try
        {
            return (await intake.AskAsync(Request.Once("crowd", command), cancel)).Rejection is null;
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            // A simulated customer walks away; real ones are told by their screen.
            await Task.Delay(Look, time, cancel);
            return false;
        }
    }

    private TimeSpan Exponential(TimeSpan mean) => mean * Math.Min(4, -Math.Log(1 - _random.NextDouble()));
}
