using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Reports;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Guide;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>What the floor guide's screen shows: the hall's view, and what troubles the host and its devices.</summary>
/// <param name="engine">These five are missing where screens are shown without a whole host.</param>
internal sealed class GuideComposer(HallFeed feed, IDeviceDirectory devices, TimeProvider time, WaitQuotes waits, HallEngine? engine = null, IJournal? journal = null, MqttStatus? mqtt = null, IClockTrust? clock = null, DiskWatch? disk = null)
{
    public ScreenContent Compose(ScreenAddress.Guide address)
    {
        var (hall, profile, t) = (feed.Latest.State, feed.Profile, Phrases.In(address.Language));
        return new(
            $"{t["guide.title"]} · {profile.Name.In(address.Language)}",
            address.Language,
            "staff",
            "/live" + address.Path,
            [address.Language],
            typeof(GuidePage),
            new Dictionary<string, object?>
            {
                ["T"] = t,
                ["Profile"] = profile,
                ["Screen"] = GuideScreen.Of(hall, profile, address.Only, address.Chosen, time.GetUtcNow()),
                ["Waits"] = waits.Now,
                ["Troubles"] = Troubles(),
                ["Reporting"] = Reporting(t, profile.TimeZone),
                ["Money"] = Money(t, hall.Ledger),
                ["Devices"] = devices.Devices.Where(device => device.State is DeviceState.Degraded or DeviceState.OutOfService || device.Paper is { EndsSoon: true }).OrderByDescending(device => device.State).ToList(),
                ["Only"] = address.Only,
                ["Acts"] = address.Acts,
                ["Printing"] = hall.Printing,
                ["Surge"] = profile.Surge.Select(plan => SurgeView.Of(hall, plan)).ToList(),
                ["Now"] = time.GetUtcNow(),
            });
    }

    private static List<string> Money(Phrases t, LedgerState? ledger)
    {
        var sentences = new List<string>();
        if (ledger?.CardDoubt is not null) sentences.Add(t["alert.card-unknown"]);
        if (ledger?.Cases.Count is > 0 and var cases) sentences.Add(t.Count("alert.cases", cases));
        return sentences;
    }

    private GuideReporting? Reporting(Phrases t, TimeZoneInfo zone)
    {
        if (mqtt?.Worst is not { } worst) return null;
        var (since, today) = (TimeZoneInfo.ConvertTime(worst.Since, zone), TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).Date);
        return new(
            t.Say("guide.store." + HealthApi.Word(worst.Fault), since.ToString(since.Date == today ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), mqtt.Lag),
            worst.Said);
    }

    // Keys of sentences, most pressing first.
    private List<string> Troubles()
    {
        var troubles = new List<string>();
        if (engine?.Trouble is not null) troubles.Add("guide.journal");
        else if (journal?.Tight == true) troubles.Add("guide.disk");
        else if (disk?.Room?.Low == true) troubles.Add("guide.disk-low");
        if (feed.Profile.Rules.ClockMustBeSynchronised && clock?.Synchronised == false) troubles.Add("guide.clock");
        return troubles;
    }
}
