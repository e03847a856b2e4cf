using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Ui.Screens.Clerk;

namespace Kiosk.Firmware.Web.Screens;

/// <summary>The keys of a clerk's screen. Whether a key can be pressed is the hall's own answer to it.</summary>
internal static class ClerkKeys
{
    private static readonly string[] Always = ["next", "recall", "begin", "finish", "no-show", "hold"];

    /// <summary>The command of a key of the pad, or null where there is no such key.</summary>
    public static HallCommand? Command(string key, CounterId counter, Seen? seen = null) => key switch
    {
        "next" => new HallCommand.CallNext(counter, Seen: seen),
        "recall" => new HallCommand.Recall(counter),
        "begin" => new HallCommand.Begin(counter),
        "finish" => new HallCommand.Finish(counter),
        "no-show" => new HallCommand.MarkNoShow(counter),
        "hold" => new HallCommand.Hold(counter),
        "hold-5" => new HallCommand.Hold(counter, TimeSpan.FromMinutes(5)),
        "hold-10" => new HallCommand.Hold(counter, TimeSpan.FromMinutes(10)),
        "hold-15" => new HallCommand.Hold(counter, TimeSpan.FromMinutes(15)),
        "pause" => new HallCommand.PauseCounter(counter),
        "resume" => new HallCommand.ResumeCounter(counter),
        "open" => new HallCommand.OpenCounter(counter),
        "close" => new HallCommand.CloseCounter(counter),
        _ => null,
    };

    public static IReadOnlyList<ClerkKey> Of(HallState hall, CounterScreen screen, DateTimeOffset at) =>
    [
        .. Always
            .Append(screen.Phase == CounterPhase.Paused ? "resume" : "pause")
            .Append(screen.Phase == CounterPhase.Closed ? "open" : "close")
            .Select(key => new ClerkKey(key, Answer(hall, Command(key, screen.Id)!, at))),
    ];

    public static IReadOnlyList<AsideTicket> Aside(HallState hall, CounterScreen screen, DateTimeOffset at) =>
    [
        .. screen.Aside.Select(ticket => new AsideTicket(
            ticket,
            Answer(hall, new HallCommand.ResumeTicket(ticket.Id), at),
            Answer(hall, new HallCommand.CancelTicket(ticket.Id), at))),
    ];

    /// <summary>Why none of those who wait could be called by hand now, or null.</summary>
    public static Rejection? ChoiceRefused(HallState hall, CounterScreen screen, DateTimeOffset at) =>
        screen.Choices.IsEmpty ? null : Answer(hall, new HallCommand.CallTicket(screen.Id, screen.Choices[0].Id), at);

    private static Rejection? Answer(HallState hall, HallCommand command, DateTimeOffset at) => HallDecider.Decide(hall, command, at).Rejection;
}
