using Kiosk.Mqtt;
using static Kiosk.Firmware.Tests.Mqtt.ScriptedHall;
using Tool = Kiosk.Provisioning.Kioskctl;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A store's copy at a broker that lets it look and does not let it speak.</summary>
public sealed class StoreRightsTests : IDisposable
{
    private const string Looking = "topic readwrite qms/v1/test-hall/status\ntopic readwrite qms/v1/test-hall/evt\ntopic read qms/#\n";

    private readonly TestDirectory _directory = new();
    private readonly TestMosquitto _broker;

    public StoreRightsTests()
    {
        File.WriteAllText(Rules, Looking);
        _broker = new(_directory.Path, $"allow_anonymous true\nacl_file {Rules}");
        _broker.Start();
    }

    private string Rules => Path.Combine(_directory.Path, "rules");

    public void Dispose()
    {
        _broker.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_the_broker_denied_is_not_said_to_be_acknowledged_and_is_said_again_when_it_may_be()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Path.Combine(_directory.Path, "store.db"), _broker.Address);
        await copy.SubscribedAsync();
        await hall.StatusAsync(new(true, "boot", 7, 3, "0.1.0"));
        await hall.EventsAsync(7, 1, 2, 3);

        var view = await copy.UntilAsync(view => view.Place.Seq == 3 && view.Trouble?.Contains($"denies {Address.Acknowledgement}", StringComparison.Ordinal) == true);
        Assert.Contains($"denies {Address.Rebirth}", view.Trouble, StringComparison.Ordinal);
        Assert.Equal(0, view.Acknowledged.Seq);

        await File.WriteAllTextAsync(Rules, Looking + "topic readwrite qms/v1/test-hall/ack\n");
        _broker.Reload();
        view = await copy.UntilAsync(view => view.Acknowledged.Seq == 3);
        await hall.UntilAsync<AcknowledgementPayload>(Address.Acknowledgement, word => word == new AcknowledgementPayload(7, 3));
        view = await copy.UntilAsync(view => view.Trouble?.Contains($"denies {Address.Acknowledgement}", StringComparison.Ordinal) != true);
        Assert.Contains($"denies {Address.Rebirth}", view.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_the_end_does_not_wait_for_what_may_not_be_asked_for()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await hall.StatusAsync(new(true, "boot", 7, 3, "0.1.0"));
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] line = ["store", "watch", "--hall", "test-hall", "--db", Path.Combine(_directory.Path, "watch.db"), "--broker", _broker.Address.ToString(), "--until-caught-up"];

        Assert.Equal(77, await Tool.RunAsync(line, output, errors, TimeProvider.System, default).WaitAsync(TestMosquitto.Watchdog));
        Assert.Contains($"give the user the right to write {Address.Rebirth}", errors.ToString(), StringComparison.Ordinal);
    }
}
