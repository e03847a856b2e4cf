using System.Collections.Immutable;
using System.Diagnostics;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Devices.Scripts;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Dialogue;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Clerk;
using Kiosk.Ui.Screens.HallBoard;
using Kiosk.Ui.Screens.Phone;
using Kiosk.Ui.Screens.TakeNumber;
using Kiosk.Ui.Screens.Technician;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>Where this host is reached, for hosts without a public address.</summary>
internal sealed record HostAddress(Uri? Url);

/// <summary>What each screen shows now: the hall's views, the devices and the dialogues put into components.</summary>
internal sealed class ScreenComposer(
    HallFeed feed, IDeviceDirectory devices, KioskDialogues dialogues, GuideComposer guide, PayComposer pay, HostAddress host, TimeProvider time, WaitQuotes waits, Captions captions, BookScreens? books = null, DevicePasts? pasts = null, KioskUse? use = null, BookKeeper? notices = null)
{
    /// <summary>How long each of several notices stays: longer than a sentence in three languages takes to read.</summary>
    private const int NoticeSeconds = 12;

    private HallProfile Profile => feed.Profile;

    /// <summary>Null where there is no such counter or ticket (any more).</summary>
    public ScreenContent? Compose(ScreenAddress address) => address switch
    {
        ScreenAddress.Kiosk kiosk => Kiosk(dialogues.Of(kiosk.Machine), feed.Latest.State),
        ScreenAddress.Hall => Hall(feed.Latest.State),
        ScreenAddress.Counter counter => Counter(counter, feed.Latest.State),
        ScreenAddress.Guide page => guide.Compose(page),
        ScreenAddress.Devices page => Devices(page),
        ScreenAddress.Phone phone => Phone(phone, feed.Latest.State),
        ScreenAddress.OfBooks book => books?.Compose(book),
        _ => throw new UnreachableException(),
    };

    private ScreenContent Kiosk(KioskDialogue dialogue, HallState hall)
    {
        var ticket = dialogue.Ticket is { } id ? TicketView.Of(hall, id) : null;
        var paper = Paper.Of(hall, ticket?.Ticket, dialogue.PaperLate, devices.Devices);
        var view = new KioskView(
            Profile,
            Board.Of(hall, Profile, waits.Now),
            dialogue.Language,
            dialogue.Large,
            dialogue.Contrast,
            dialogue.Step,
            dialogue.Notice,
            dialogue.WarnUntil,
            ticket,
            [.. hall.Services.Values.Where(service => service.Issued >= service.DailyLimit).Select(service => service.Id)],
            paper.State,
            paper.Fault,
            hall.Printing && Paper.PrinterFault(devices.Devices) is not null,
            ticket is null ? null : Paper.QrContent(host.Url, ticket.Ticket))
        {
            Asked = dialogue.Asked,
            Code = dialogue.Code,
            CodeLength = KioskDialogue.CodeLength,
            OutOfUse = use?.Off == true,
            Pay = pay.Compose(dialogue.Pay, hall.Ledger),
            Payments = pay.Ready,
        };
        var classes = "kiosk" + (dialogue.Large ? " large" : "") + (dialogue.Contrast ? " contrast" : "");
        return Content(dialogue.Language, "kiosk.title", classes, "/live/kiosk", Profile.Languages, typeof(KioskScreen), new() { ["View"] = view });
    }

    private ScreenContent Hall(HallState hall) => Content(
        Profile.DefaultLanguage,
        "hall.title",
        "hall",
        "/live/hall",
        Profile.Languages,
        typeof(HallScreen),
        new()
        {
            ["Profile"] = Profile,
            ["Board"] = Board.Of(hall, Profile, waits.Now),
            ["Said"] = captions.Now,
            ["Message"] = Turn(NoticeKind.Message),
            ["Promotion"] = Turn(NoticeKind.Promotion),
        });

    /// <summary>Of several, one after the other.</summary>
    private Notice? Turn(NoticeKind kind)
    {
        var now = time.GetUtcNow();
        return notices?.Current.Notices.ShownAt(now, kind) is { Count: > 0 } shown ? shown[(int)(now.ToUnixTimeSeconds() / NoticeSeconds % shown.Count)] : null;
    }

    private ScreenContent? Counter(ScreenAddress.Counter address, HallState hall)
    {
        var at = time.GetUtcNow();
        if (CounterScreen.Of(hall, Profile, address.Number, at) is not { } screen) return null;

        var content = Content(address.Language, "counter", "staff", $"/live/counter?n={address.Number}&lang={address.Language}", [address.Language], typeof(CounterPage), new()
        {
            ["T"] = Phrases.In(address.Language),
            ["Profile"] = Profile,
            ["Screen"] = screen,
            ["Waits"] = waits.Now,
            ["Keys"] = ClerkKeys.Of(hall, screen, at),
            ["Aside"] = ClerkKeys.Aside(hall, screen, at),
            ["ChoiceRefused"] = ClerkKeys.ChoiceRefused(hall, screen, at),
        });
        return content with { Title = Phrases.In(address.Language).Say("counter.title", address.Number) };
    }

    private ScreenContent Devices(ScreenAddress.Devices address) => Content(
        address.Language,
        "devices.title",
        "staff",
        $"/live/devices?lang={address.Language}",
        [address.Language],
        typeof(DevicesScreen),
        DeviceParameters(Phrases.In(address.Language), devices.Devices));

    private Dictionary<string, object?> DeviceParameters(Phrases t, IReadOnlyList<DeviceView> shown) => new()
    {
        ["T"] = t,
        ["Profile"] = Profile,
        ["Devices"] = shown,
        ["Missing"] = Paper.Missing(feed.Latest.State),
        ["Histories"] = pasts?.Week(shown),
        ["Ready"] = pasts is null ? null : shown.ToDictionary(device => device.Id, ReadyScripts.For),
        ["Scripts"] = pasts?.Scripts,
    };

    private ScreenContent? Phone(ScreenAddress.Phone address, HallState hall)
    {
        if (TicketView.Of(hall, address.Ticket) is not { } view) return null;

        var language = address.Language ?? view.Ticket.Language;
        var live = $"/live/ticket?id={address.Ticket}" + (address.Language is null ? "" : $"&lang={language}");
        return Content(language, "ticket.yours", "staff", live, [language], typeof(PhoneScreen), new()
        {
            ["T"] = Phrases.In(language),
            ["Profile"] = Profile,
            ["View"] = view,
            ["Now"] = time.GetUtcNow(),
            ["Service"] = Board.Of(hall, Profile).Services.FirstOrDefault(service => service.Id == view.Ticket.Service),
        });
    }

    private ScreenContent Content(
        string language,
        string title,
        string classes,
        string live,
        ImmutableArray<string> away,
        Type component,
        Dictionary<string, object?> parameters) =>
        new($"{Phrases.In(language)[title]} · {Profile.Name.In(language)}", language, classes, live, away, component, parameters);
}
