using System.Diagnostics;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;
using static Kiosk.Firmware.Web.Screens.Dialogue.KioskInput;

namespace Kiosk.Firmware.Web.Screens.Dialogue;

/// <summary>Where one customer at one ticket machine is. The browser only shows it: a reload loses nothing.</summary>
/// <param name="Home">Language the machine goes back to for the next customer.</param>
/// <param name="Step">Names this step; a request for a number carries it, so that pressing twice takes one number.</param>
/// <param name="TouchedAt">Last time somebody touched the screen.</param>
internal sealed record KioskDialogue(string Home, string Step, DateTimeOffset TouchedAt)
{
    /// <summary>30 s without a touch, then 20 s of warning, then clear (WCAG 2.2.1, EN 301 549).</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(30), Warning = TimeSpan.FromSeconds(20);

    /// <summary>After this time without paper the customer is told to remember the number.</summary>
    public static readonly TimeSpan PaperPatience = TimeSpan.FromSeconds(10);

    /// <summary>Digits of an appointment's code.</summary>
    public const int CodeLength = 6;

    public string Language { get; init; } = Home;

    public bool Large { get; init; }

    public bool Contrast { get; init; }

    /// <summary>Key of a sentence about what just went wrong.</summary>
    public string? Notice { get; init; }

    public TicketId? Ticket { get; init; }

    /// <summary>The service about whose long wait the customer is asked; null: nothing is asked.</summary>
    public ServiceId? Asked { get; init; }

    /// <summary>What was typed of an appointment's code; null where no code is asked for.</summary>
    public string? Code { get; init; }

    /// <summary>Where the customer is in paying a bill; null: no bill is paid.</summary>
    public PayStep? Pay { get; init; }

    public DateTimeOffset? TicketAt { get; init; }

    public bool PaperLate { get; init; }

    public DateTimeOffset? WarnUntil { get; init; }

    /// <summary>Nobody has finished here since the host started: a step of the host's former life may still be answered.</summary>
    public bool Fresh { get; init; }

    /// <summary>As the next customer should find it: nothing to clear, nothing to time.</summary>
    public bool AtRest => Ticket is null && Notice is null && Asked is null && Code is null && Pay is null && !Large && !Contrast && Language == Home;

    /// <param name="nextStep">Name for a new step, drawn by the caller; used where one begins.</param>
    public KioskDialogue After(KioskInput input, DateTimeOffset at, string nextStep) => input switch
    {
        LanguageChosen(var language) => Touched(at) with { Language = language },
        LargeSet(var on) => Touched(at) with { Large = on },
        ContrastSet(var on) => Touched(at) with { Contrast = on },
        NumberIssued(var ticket) => Touched(at) with { Ticket = ticket, TicketAt = at, PaperLate = false, Fresh = false, Asked = null, Code = null },
        NumberRefused(var notice) => Touched(at) with { Notice = notice, Step = nextStep, Fresh = false, Asked = null, Code = null },
        LongWaitMet(var service) => Touched(at) with { Asked = service, Step = nextStep, Fresh = false },
        CheckInChosen => Touched(at) with { Code = "", Step = nextStep, Fresh = false },
        DigitPressed(var digit, var place) when Code?.Length == place && place < CodeLength => Touched(at) with { Code = Code + digit },
        DigitErased(var place) when Code?.Length == place && place > 0 => Touched(at) with { Code = Code[..^1] },
        DigitPressed or DigitErased => Touched(at),
        CodeUnknown => Touched(at) with { Notice = "kiosk.code-unknown", Code = "" },
        SteppedBack => Touched(at) with { Asked = null, Code = null, Step = nextStep },
        NothingDecided(var notice) => Touched(at) with { Notice = notice },
        MoreTimeAsked => Touched(at),
        OfPay paying => PayFlow.After(this, paying, at, nextStep),
        Left when Pay is { MayLeave: false } => this,
        Left => Cleared(at, nextStep),
        TimePassed => Passed(at, nextStep),
        _ => throw new UnreachableException(),
    };

    internal KioskDialogue Touched(DateTimeOffset at) => this with { TouchedAt = at, WarnUntil = null, Notice = null };

    internal KioskDialogue Cleared(DateTimeOffset at, string nextStep) => new(Home, nextStep, at);

    private KioskDialogue Passed(DateTimeOffset at, string nextStep)
    {
        if (AtRest || Pay is { Timed: false }) return this;
        if (WarnUntil is { } until) return at >= until ? PayFlow.TimedOut(this) ?? Cleared(at, nextStep) : this;

        // The warning is timed from when it can be seen: a host that slept still gives its twenty seconds.
        if (at - TouchedAt >= Idle) return this with { WarnUntil = at + Warning, PaperLate = Late(at) };
        return Late(at) == PaperLate ? this : this with { PaperLate = true };
    }

    private bool Late(DateTimeOffset at) => PaperLate || (TicketAt is { } since && at - since >= PaperPatience);
}
