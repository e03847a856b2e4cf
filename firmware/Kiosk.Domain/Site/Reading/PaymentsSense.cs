using System.Collections.Immutable;
using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>What one value of <c>payments</c> alone cannot tell.</summary>
/// <param name="classOf">The device class of a driver; null: not known.</param>
internal sealed class PaymentsSense(JsonElement hall, JsonElement payments, Func<string, string?> classOf, ImmutableArray<ProfileMistake>.Builder mistakes)
{
    /// <summary>Members of <c>access</c> by its kind.</summary>
    private static readonly Dictionary<string, (string[] Needed, string[] Allowed)> Kinds = new(StringComparer.Ordinal)
    {
        ["oauth2"] = (["tokenUrl", "clientId", "secretFile"], ["scope"]),
        ["mtls"] = (["certificateFile", "keyFile"], ["authorityFile"]),
    };

    private readonly ImmutableArray<(string Id, string? Class)> _devices =
    [
        .. hall.List("devices").Where(device => device.Text("id") is not null).Select(device => (device.Text("id")!, device.Text("driver") is { } driver ? classOf(driver) : null)),
    ];

    public void Check()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, biller) in payments.List("billers").Index())
        {
            var path = $"payments.billers[{index}]";
            if (biller.Text("id") is { } id && !seen.TryAdd(id, index)) Add(path + ".id", $"{id} is taken by payments.billers[{seen[id]}]; each needs its own");
            CheckBiller(path, biller);
        }

        CheckDevice("payments.card.device", "CardTerminal", payments.Member("card")?.Text("device"));
        if (payments.Member("cash") is { } cash) CheckCash(cash);
    }

    private void CheckBiller(string path, JsonElement biller)
    {
        CheckAddress(path + ".url", biller.Text("url"), PaymentsShape.BillerAddress);
        CheckRising(path + ".account.digits", biller.Member("account") ?? default, "digits");
        var least = biller.Whole("least") ?? PaymentsBuilder.DefaultLeast;
        if ((biller.Whole("most") ?? PaymentsBuilder.DefaultMost) is var most && most < least) Add(path + ".most", $"is {most}; allowed: at least {least}, which is the least that may be paid");

        var access = biller.Member("access");
        var emulated = biller.Text("url")?.StartsWith(PaymentsShape.Emulated, StringComparison.Ordinal) == true;
        if (emulated && access is not null) Add(path + ".access", "the emulated biller makes its own secret; leave access out");
        if (!emulated && access is null && biller.Text("url") is not null) Add(path + ".access", "is missing; needed: an object with kind oauth2 or mtls, for every biller that is not emulated:");
        if (!emulated && access is { ValueKind: JsonValueKind.Object } given) CheckAccess(path + ".access", given);
        if (access?.Text("kind") == "mtls" && biller.Text("url") is { } url && url.StartsWith("http:", StringComparison.Ordinal))
            Add(path + ".url", "is without TLS, and the access is mtls; allowed: an address as https://biller.example/v1");
    }

    private void CheckAccess(string path, JsonElement access)
    {
        CheckAddress(path + ".tokenUrl", access.Text("tokenUrl"), PaymentsShape.ServiceAddress);
        if (access.Text("kind") is not { } kind || !Kinds.TryGetValue(kind, out var members)) return;

        foreach (var missing in members.Needed.Where(name => !access.TryGetProperty(name, out _))) Add($"{path}.{missing}", $"is missing; access of kind {kind} needs {string.Join(", ", members.Needed)}");

        string[] known = ["kind", .. members.Needed, .. members.Allowed];
        var others = Kinds.Values.SelectMany(other => other.Needed.Concat(other.Allowed)).Except(known);
        foreach (var other in others.Where(name => access.TryGetProperty(name, out _))) Add($"{path}.{other}", $"does not belong to access of kind {kind}; allowed: {string.Join(", ", known)}");
    }

    /// <summary>Account numbers and tokens do not cross a network in the clear.</summary>
    private void CheckAddress(string path, string? address, ValueRule.Text rule)
    {
        if (address is null or PaymentsShape.Emulated || !rule.Matches(address)) return;

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0) Add(path, $"\"{address}\" is not an address; allowed: {rule.Allowed}");
        else if (uri.UserInfo.Length > 0) Add(path, "has a user name in it; secrets do not stand in the profile");
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0) Add(path, $"\"{address}\" ends with a query or a fragment; allowed: {rule.Allowed}");
        else if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback) Add(path, $"\"{address}\" is without TLS on a network; allowed: {rule.Allowed}");
    }

    private void CheckCash(JsonElement cash)
    {
        foreach (var (index, device) in cash.Texts("devices")) CheckDevice($"payments.cash.devices[{index}]", "CashAcceptor", device);
        CheckRising("payments.cash.accept", cash, "accept");
        if (cash.Whole("most") is { } most && Numbers(cash, "accept") is [var smallest, ..] && most < smallest.Value)
            Add("payments.cash.most", $"is {most}; allowed: at least the smallest denomination, {smallest.Value}");
    }

    private void CheckDevice(string path, string needed, string? id)
    {
        if (id is null) return;

        // A driver that nobody knows is a mistake of its own, at the device.
        var fitting = _devices.Where(device => device.Class is null || device.Class == needed).Select(device => device.Id).ToList();
        var allowed = fitting.Count == 0 ? $"none, as there is no device of class {needed}" : string.Join(", ", fitting);
        var found = _devices.Where(device => device.Id == id).Take(1).ToList();
        if (found is []) Add(path, $"unknown device \"{id}\"; {Nearest.Hint(id, fitting)}allowed: {allowed}");
        else if (!fitting.Contains(id)) Add(path, $"\"{id}\" is a device of class {found[0].Class}, not {needed}; allowed: {allowed}");
    }

    private void CheckRising(string path, JsonElement owner, string name)
    {
        var numbers = Numbers(owner, name);
        foreach (var (before, after) in numbers.Zip(numbers.Skip(1)).Where(pair => pair.Second.Value <= pair.First.Value))
            Add($"{path}[{after.Index}]", $"is {after.Value} after {before.Value}; allowed: numbers in rising order, each once");
    }

    private static List<(int Index, decimal Value)> Numbers(JsonElement owner, string name) =>
        [.. owner.List(name).Index().Select(entry => (entry.Index, Value: ShapeCheck.WholeNumber(entry.Item))).Where(entry => entry.Value is not null).Select(entry => (entry.Index, entry.Value!.Value))];

    private void Add(string path, string message) => mistakes.Add(new(path, message));
}
