using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Simulation.Money;

/// <summary>A device of the terminal, with the truth about its money. It outlives every board.</summary>
internal sealed class PayDevice(string id, string driver, string options, TimeProvider time) : IAsyncDisposable
{
    private readonly IEmulator _emulator = DriverCatalog.Find(driver)!.Emulate(
        new DeviceSettings(id, driver, "emulated:", Json(options)), new DriverServices(time, NullLogger.Instance));

    public string Id => id;

    public bool Card => driver == "zvt";

    public int Port => (int)_emulator.Look()["port"]!;

    public void Do(string control, string arguments = "{}") => _emulator.Do(control, Json(arguments));

    public JsonObject Look() => _emulator.Look();

    /// <summary>Pieces by value: in the box, and in boxes that were taken out.</summary>
    public IEnumerable<(long Value, int Count)> Kept() => Counts("box").Concat(Counts("collected"));

    public IEnumerable<(long Value, int Count)> InBox() => Counts("box");

    public IEnumerable<(long Value, int Count)> Collected() => Counts("collected");

    public long KeptTotal => Kept().Sum(pile => pile.Value * pile.Count);

    /// <summary>What cards were really charged, and not taken back.</summary>
    public IReadOnlyList<long> Charged => [.. Look()["receipts"]!.AsArray().Where(receipt => (string)receipt!["state"]! == "booked").Select(receipt => (long)receipt!["amount"]!)];

    /// <summary>Payments that the terminal began to charge, in order; those that do not stand too.</summary>
    public IReadOnlyList<(string State, long Amount)> CardReceipts => [.. Look()["receipts"]!.AsArray().Select(receipt => ((string)receipt!["state"]!, (long)receipt["amount"]!))];

    /// <summary>As hall.json has it, at the end of a cable.</summary>
    /// <param name="passwordFile">Of a card terminal.</param>
    public JsonObject Profile(int port, string passwordFile)
    {
        var given = JsonNode.Parse(options)!.AsObject();
        if (Card) given["passwordFile"] = passwordFile;
        given.Remove("emulatedNotes");
        return new() { ["id"] = id, ["driver"] = driver, ["link"] = $"tcp://127.0.0.1:{port}", ["options"] = given };
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private IEnumerable<(long Value, int Count)> Counts(string name) =>
        Look()[name]!.AsObject().Select(pair => (long.Parse(pair.Key, System.Globalization.CultureInfo.InvariantCulture), (int)pair.Value!));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
