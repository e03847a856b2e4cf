using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>What one value alone cannot tell: duplicates, references, languages, hours, addresses. Looks only at values whose own shape is right.</summary>
internal sealed class SenseCheck(JsonElement hall, ImmutableArray<ProfileMistake>.Builder mistakes)
{
    private static readonly JsonElement NoOptions = JsonDocument.Parse("{}").RootElement.Clone();

    public void Check(Func<DeviceProfile, IEnumerable<ProfileMistake>> checkDevice, Func<string, string?>? classOf)
    {
        CheckTimeZone();
        CheckLanguages();
        CheckUnique("services", service => service.Text("id"), "id");
        CheckUnique("services", service => service.Text("letter"), "letter");
        CheckUnique("counters", counter => counter.Whole("number")?.ToString(CultureInfo.InvariantCulture), "number");
        CheckUnique("devices", device => device.Text("id"), "id");
        CheckUnique("devices", device => device.Text("link") is { } link && !link.StartsWith("emulated:", StringComparison.Ordinal) ? link : null, "link");
        CheckOffers();
        CheckHours();
        CheckAddress("mqtt.url", hall.Member("mqtt")?.Text("url"), ProfileShape.BrokerAddress);
        CheckStoreUsers();
        if (hall.Member("mqtt") is { } mqtt) new MqttSense(mqtt, mistakes).Check();
        if (hall.Member("staffing") is { } staffing) new StaffingSense(hall, staffing, mistakes).Check();
        CheckAddress("publicUrl", hall.Text("publicUrl"), ProfileShape.PublicAddress);
        CheckDevices(checkDevice);
        new SurgeSense(hall, mistakes).Check();
        if (hall.Member("payments") is { } payments) new PaymentsSense(hall, payments, classOf ?? (_ => null), mistakes).Check();
    }

    private void CheckStoreUsers()
    {
        var users = (hall.Member("mqtt") ?? NoOptions).List("commands").Select(entry => entry.Text("user")).ToList();
        foreach (var (index, user) in users.Index().Where(entry => users.IndexOf(entry.Item) < entry.Index))
            mistakes.Add(new($"mqtt.commands[{index}].user", $"\"{user}\" has a role already; a user has one"));
    }

    private void CheckTimeZone()
    {
        if (hall.Text("timeZone") is not { Length: > 0 } id || TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)) return;

        var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToList();
        mistakes.Add(new("timeZone", known.Count > 1
            ? $"unknown time zone \"{id}\"; {Nearest.Hint(id, known)}allowed: an IANA time zone as Asia/Shanghai"
            : $"unknown time zone \"{id}\"; this system knows none: install the package tzdata"));
    }

    private void CheckLanguages()
    {
        var languages = hall.Texts("languages").Select(entry => entry.Value).ToList();
        if (languages.Count == 0) return;

        CheckTexts("name", hall.Member("name"), languages);
        foreach (var (index, service) in hall.List("services").Index())
            CheckTexts($"services[{index}].name", service.Member("name"), languages);
        foreach (var (index, day) in hall.List("specialDays").Index())
            CheckTexts($"specialDays[{index}].name", day.Member("name"), languages);
        foreach (var (path, group) in SurgeSense.Groups(hall))
        {
            if (group.Member("name") is { } name) CheckTexts(path + ".name", name, languages);
        }

        foreach (var (index, biller) in (hall.Member("payments") ?? NoOptions).List("billers").Index())
        {
            CheckTexts($"payments.billers[{index}].name", biller.Member("name"), languages);
            CheckTexts($"payments.billers[{index}].account.label", biller.Member("account")?.Member("label"), languages);
        }
    }

    private void CheckTexts(string path, JsonElement? texts, List<string> languages)
    {
        if (texts is not { ValueKind: JsonValueKind.Object } given) return;

        foreach (var language in languages.Where(language => !given.TryGetProperty(language, out _)).Distinct())
            mistakes.Add(new($"{path}.{language}", $"is missing; needed: a text for each of {string.Join(", ", languages)}"));

        foreach (var extra in given.EnumerateObject().Select(member => member.Name).Where(name => !languages.Contains(name)).Distinct())
        {
            mistakes.Add(new($"{path}.{extra}", $"the hall does not speak this language; {Nearest.Hint(extra, languages)}allowed: {string.Join(", ", languages)}, " +
                "or add it to languages"));
        }
    }

    private void CheckUnique(string list, Func<JsonElement, string?> key, string member)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, item) in hall.List(list).Index())
        {
            if (key(item) is { } value && !seen.TryAdd(value, index))
                mistakes.Add(new($"{list}[{index}].{member}", $"{value} is taken by {list}[{seen[value]}]; each needs its own"));
        }
    }

    private void CheckOffers()
    {
        var services = hall.List("services").Select(service => service.Text("id")).OfType<string>().ToList();
        var offered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, counter) in hall.List("counters").Index())
        {
            foreach (var (place, service) in counter.Texts("services"))
            {
                offered.Add(service);
                if (!services.Contains(service))
                    mistakes.Add(new($"counters[{index}].services[{place}]",
                        $"unknown service \"{service}\"; {Nearest.Hint(service, services)}allowed: {string.Join(", ", services)}"));
            }
        }

        foreach (var (index, service) in hall.List("services").Index())
        {
            if (service.Text("id") is { } id && !offered.Contains(id))
                mistakes.Add(new($"services[{index}]", $"no counter offers \"{id}\"; add it to the services of a counter"));
        }
    }

    private void CheckHours()
    {
        foreach (var day in ProfileShape.OpeningHours.All.Select(member => member.Name)) CheckSpans("openingHours." + day, hall.Member("openingHours") ?? NoOptions, day);
        foreach (var (index, day) in hall.List("specialDays").Index())
        {
            CheckSpans($"specialDays[{index}].hours", day, "hours");
            CheckDates($"specialDays[{index}]", day);
        }
    }

    private void CheckSpans(string path, JsonElement owner, string name)
    {
        var before = new List<(int Index, DaySpan Span)>();
        foreach (var (index, text) in owner.Texts(name))
        {
            if (DaySpan.Parse(text) is not { } span) continue;

            if (span.Until <= span.From)
                mistakes.Add(new($"{path}[{index}]", $"\"{text}\" ends before it begins; hours past midnight are two spans: one until 24:00, one on the next day"));
            else if (before.Where(other => other.Span.Overlaps(span)).Select(other => (int?)other.Index).FirstOrDefault() is { } clash)
                mistakes.Add(new($"{path}[{index}]", $"\"{text}\" overlaps {path}[{clash}]"));
            before.Add((index, span));
        }
    }

    private void CheckDates(string path, JsonElement day)
    {
        var (from, until) = (Date(path + ".from", day.Text("from")), Date(path + ".until", day.Text("until")));
        if (from is { } first && until is { } last && last < first)
            mistakes.Add(new(path + ".until", $"\"{day.Text("until")}\" is before from \"{day.Text("from")}\""));
    }

    private DateOnly? Date(string path, string? text)
    {
        if (text is null || !ProfileShape.Date.Matches(text)) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        mistakes.Add(new(path, $"there is no {text}; allowed: {ProfileShape.Date.Allowed}"));
        return null;
    }

    private void CheckAddress(string path, string? address, ValueRule.Text rule)
    {
        if (address is null || !rule.Matches(address)) return;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            mistakes.Add(new(path, $"\"{address}\" is not an address; allowed: {rule.Allowed}"));
    }

    private void CheckDevices(Func<DeviceProfile, IEnumerable<ProfileMistake>> checkDevice)
    {
        foreach (var (index, device) in hall.List("devices").Index())
        {
            if (device.Text("driver") is not { } driver || device.Text("link") is not { } link) continue;
            if (device.Member("options") is { ValueKind: not JsonValueKind.Object }) continue;

            var profile = new DeviceProfile(device.Text("id") ?? "", driver, link, device.Member("options") ?? NoOptions);
            mistakes.AddRange(checkDevice(profile).Select(mistake => mistake with { Path = ShapeCheck.Below($"devices[{index}]", mistake.Path) }));
        }
    }
}
