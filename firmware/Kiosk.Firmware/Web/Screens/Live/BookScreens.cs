using System.Diagnostics;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Reports;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Feedback;
using Kiosk.Ui.Screens.Manager;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>What the live screens over the books show now.</summary>
internal sealed class BookScreens(HallFeed feed, BookKeeper books, DayChecks checks, IDeviceDirectory devices, IJournal journal, DiskWatch disk, TimeProvider time)
{
    private const int ChecksShown = 14;

    private volatile Tuple<DateOnly, TodayOpened?>? _opened;

    private HallProfile Profile => feed.Profile;

    /// <summary>Null where there is no such counter.</summary>
    public ScreenContent? Compose(ScreenAddress.OfBooks address) => address switch
    {
        ScreenAddress.Today page => Today(page),
        ScreenAddress.Check page => Check(page),
        ScreenAddress.Feedback unit => Feedback(unit),
        _ => throw new UnreachableException(),
    };

    private ScreenContent Today(ScreenAddress.Today page)
    {
        var (t, hall, now) = (Phrases.In(page.Language), feed.Latest.State, time.GetUtcNow());
        return Staff(page.Language, "nav.today", "/live/manager", typeof(TodayPage), page.Who, new()
        {
            ["View"] = TodayView.Of(hall, Profile),
            ["Alerts"] = TodayAlerts.Of(t, hall, books.Current, devices.Devices, journal.Tight, disk.Room?.Low == true, now),
            ["Opened"] = Opened(hall),
            ["Surge"] = Profile.Surge.Select(plan => SurgeView.Of(hall, plan)).ToList(),
            ["Now"] = now,
            ["Printers"] = devices.Devices.Where(device => device.Paper is not null).ToList(),
        });
    }

    // The day's first event says when and by whom it was opened. Read once a day.
    private TodayOpened? Opened(HallState hall)
    {
        if (hall.Phase == DayPhase.Closed) return null;
        if (_opened is var (day, known) && day == hall.Day) return known;

        try
        {
            var opened = journal.Read(journal.DayStart - 1, 1) is [{ Fact: HallEvent.DayOpened } first, ..] ? new TodayOpened(first.At, first.Who) : null;
            _opened = new(hall.Day!.Value, opened);
            return opened;
        }
        catch (JournalUnavailableException)
        {
            // The page goes without it: what is wrong with the journal is told by its own alert.
            return null;
        }
    }

    private ScreenContent Check(ScreenAddress.Check page)
    {
        var (hall, run, kept) = (feed.Latest.State, checks.Current, books.Current.Checks);
        var today = HallHours.Local(Profile, time.GetUtcNow()).Date;
        return Staff(page.Language, "nav.check", "/live/check", typeof(CheckPage), page.Who, new()
        {
            ["Run"] = run,
            ["Signature"] = run is null ? null : kept.Find(run.Id),
            ["Past"] = kept.Latest(ChecksShown).ToList(),
            ["Suggested"] = hall.Phase == DayPhase.Closed && hall.Day == today ? Checks.Closing : Checks.Opening,
        });
    }

    private ScreenContent? Feedback(ScreenAddress.Feedback unit)
    {
        if (FeedbackView.Of(feed.Latest.State, books.Current.Feedback, unit.Number, time.GetUtcNow()) is not { } view) return null;

        var (ticket, own) = view switch
        {
            FeedbackView.Asking asking => (asking.Ticket, asking.Language),
            FeedbackView.Thanks thanks => (thanks.Ticket, thanks.Language),
            _ => ((TicketId?)null, Profile.DefaultLanguage),
        };
        var language = unit.Language is { } chosen && ticket is not null && ticket == unit.Ticket ? chosen : own;
        var live = $"/live/feedback?n={unit.Number}" + (unit is { Language: { } l, Ticket: { } of } ? $"&lang={l}&ticket={of}" : "");
        return new(Phrases.In(language).Say("counter.title", unit.Number), language, "kiosk feedback", live, Profile.Languages, typeof(FeedbackScreen), new Dictionary<string, object?>
        {
            ["T"] = Phrases.In(language),
            ["Profile"] = Profile,
            ["View"] = view,
        });
    }

    private ScreenContent Staff(string language, string title, string live, Type component, SignedIn? who, Dictionary<string, object?> parameters)
    {
        var t = Phrases.In(language);
        parameters["T"] = t;
        parameters["Profile"] = Profile;
        parameters["Signed"] = who;
        return new($"{t[title]} · {Profile.Name.In(language)}", language, "staff", $"{live}?lang={language}", [language], component, parameters);
    }
}
