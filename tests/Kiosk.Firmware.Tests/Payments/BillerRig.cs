using Kiosk.DemoBiller;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Billers.Http;
using Kiosk.Firmware.Tests.Mqtt;
using Microsoft.Extensions.Logging;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>A demo biller on a real socket, and terminals that talk to it. Both can be ended and started again on the same books.</summary>
internal sealed class BillerRig(TimeProvider time) : IAsyncDisposable
{
    public static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromSeconds(2);

    /// <summary>A plain account: its three digits before the last mean nothing to the demo.</summary>
    public const string Account = "13812345678";

    private readonly TestDirectory _directory = new();
    private readonly List<BillerDoor> _doors = [];

    public BillerServer Server { get; private set; } = null!;

    public Spoken Spoken { get; } = new();

    public static async Task<BillerRig> StartAsync(TimeProvider time)
    {
        var rig = new BillerRig(time);
        await rig.StartBillerAsync();
        return rig;
    }

    public BillerServerOptions Options { get; set; } = new("", [new("mobile", "CNY", 100, 500_000), new("power", "CNY", 100, 500_000)]) { Secret = "a-secret-of-the-demo" };

    /// <summary>Again on the port and the books it had.</summary>
    public async Task StartBillerAsync()
    {
        Options = Options with { Directory = Path.Combine(_directory.Path, "biller") };
        Server = await BillerServer.StartAsync(Options, time, Spoken);
        Options = Options with { Port = Server.Address.Port };
    }

    public HttpBiller Terminal(string biller = "mobile", Func<string>? secret = null)
    {
        var profile = Profile(biller);
        var door = BillerDoor.WithToken(BillerDoor.Plain(profile), new(new Uri(Server.Address, "oauth2/token"), "kiosk", "", null), secret ?? (() => Options.Secret), time);
        _doors.Add(door);
        return new(profile, new Uri(Server.Address, biller), "T1", "CNY", door.Line(profile.Patience, time), Spoken.CreateLogger<HttpBiller>());
    }

    public static BillerProfile Profile(string biller) =>
        new(biller, Texts.Of(("en", biller)), new("emulated:"), new(Texts.Of(("en", "Number")), [11]), new BillerAccess.Emulated()) { Patience = Patience, Least = 100, Most = 300_000 };

    public static async Task<Bill> BillAsync(HttpBiller terminal, string account = Account) =>
        Assert.IsType<LookUpAnswer.Found>(await terminal.LookUpAsync(account, default).WaitAsync(Watchdog)).Bill;

    public static Posting Posting(string key, Bill bill, long amount = 5000) => new(key, bill.Reference, new Money(amount, "CNY"), "T1", 7, "cash", new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors) door.Dispose();
        await Server.DisposeAsync();
        _directory.Dispose();
    }
}
