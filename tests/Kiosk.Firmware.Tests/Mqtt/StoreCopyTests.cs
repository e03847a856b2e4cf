using System.Text;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using Kiosk.Provisioning.Store;
using static Kiosk.Firmware.Tests.Mqtt.ScriptedHall;

namespace Kiosk.Firmware.Tests.Mqtt;

public sealed class StoreCopyTests : IDisposable
{
    private const string Anonymous = "allow_anonymous true\nmax_queued_messages 100000\nmax_inflight_messages 1000";

    private readonly TestDirectory _directory = new();
    private readonly TestMosquitto _broker;

    public StoreCopyTests()
    {
        _broker = new(_directory.Path, Anonymous);
        _broker.Start();
    }

    private string Db => Path.Combine(_directory.Path, "store.db");

    public void Dispose()
    {
        _broker.Dispose();
        _directory.Dispose();
    }

    private string[] Bodies()
    {
        using var file = StoreFile.OpenToRead(Db);
        return [.. file.Rows.Read("test-hall", default, new(int.MaxValue, long.MaxValue), int.MaxValue).Select(one => Encoding.UTF8.GetString(one.Body))];
    }

    [Fact]
    public async Task Copy_is_the_journal_byte_by_byte_and_the_hall_hears_that_it_is_safe()
    {
        var hall = new TestHall();
        await using var reporting = new Reporting(hall, _broker.Address);
        await using (var copy = new TestCopy(Db, _broker.Address))
        {
            await copy.SubscribedAsync();
            await reporting.StartAsync();
            hall.Open();
            for (var serial = 1; serial <= 500; serial++) hall.Take(serial);
            await reporting.UntilAsync(status => status is { Acknowledged: 503, By: AcknowledgedBy.Store });

            var view = await copy.AtAsync(1, 503);
            Assert.Equal((503, 0, 0, 0), (view.Figures.Taken, view.Figures.Gaps, view.Figures.Contradictions, view.Figures.Unreadable));
        }

        Assert.Equal(hall.Journal.Read(0, 1000).Select(recorded => Encoding.UTF8.GetString(EventPayloads.Of(recorded, "test-hall"))), Bodies());
    }

    [Fact]
    public async Task Copy_is_exact_after_the_broker_was_killed_again_and_again()
    {
        var hall = new TestHall();
        await using var reporting = new Reporting(hall, _broker.Address);
        await using (var copy = new TestCopy(Db, _broker.Address))
        {
            await copy.SubscribedAsync();
            await reporting.StartAsync();
            hall.Open();
            for (var serial = 1; serial <= 2000; serial++)
            {
                hall.Take(serial);
                if (serial % 500 != 250) continue;
                await copy.UntilAsync(view => view.Place.Seq >= serial / 2); // In the middle of it, with messages under way.
                _broker.Kill();
                _broker.Start();
            }

            await copy.AtAsync(1, 2003);
            Assert.Equal(0, copy.View.Figures.Contradictions);
            await reporting.UntilAsync(status => status is { Acknowledged: 2003, By: AcknowledgedBy.Store });
        }

        Assert.Equal(hall.Journal.Read(0, 3000).Select(recorded => Encoding.UTF8.GetString(EventPayloads.Of(recorded, "test-hall"))), Bodies());
    }

    [Fact]
    public async Task Copy_killed_between_commit_and_acknowledgement_knows_what_comes_again()
    {
        var hall = new TestHall();
        hall.Open();
        await using var reporting = new Reporting(hall, _broker.Address);
        var killed = new TestCopy(Db, _broker.Address, wrap: client => new Speechless(client, Address.Acknowledgement));
        await killed.SubscribedAsync();
        await reporting.StartAsync();
        await killed.AtAsync(1, 3);
        await killed.KillAsync();
        hall.Take(1);

        await using var next = new TestCopy(Db, _broker.Address);
        await reporting.UntilAsync(status => status is { Acknowledged: 4, By: AcknowledgedBy.Store });

        var view = await next.AtAsync(1, 4);
        Assert.Equal((1, 0), (view.Figures.Taken, view.Figures.Contradictions));
        Assert.Equal(4, Bodies().Length);
    }

    [Fact]
    public async Task Gap_is_asked_for_with_the_copys_own_place_until_it_is_filled()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Db, _broker.Address);
        await copy.SubscribedAsync();
        await hall.EventsAsync(7, 1, 2, 5, 6);

        await copy.UntilAsync(view => view is { Gap: 7, Place.Seq: 2, Figures.Beyond: 2, Figures.Gaps: 1 });
        await hall.UntilAsync<RebirthPayload>(Address.Rebirth, word => word == new RebirthPayload(7, 2));
        var asked = hall.Heard(Address.Rebirth).Count;
        await hall.UntilCountAsync(Address.Rebirth, asked + 1); // Nobody answered: it is asked again.
        await hall.EventsAsync(7, 3, 4, 5, 6);

        var view = await copy.AtAsync(7, 6);
        Assert.Equal((null, 6, 1), (view.Gap, view.Figures.Taken, view.Figures.Gaps));
        Assert.Contains(copy.Notices, notice => notice.StartsWith("GAP: event 5 of epoch 7 came, 3 was expected", StringComparison.Ordinal));
        await hall.UntilAsync<AcknowledgementPayload>(Address.Acknowledgement, word => word == new AcknowledgementPayload(7, 6));
        Assert.DoesNotContain(hall.Heard(Address.Acknowledgement), word => word.Contains("\"seq\":5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repeat_is_dropped_with_and_without_its_flag_and_another_content_is_a_contradiction()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Db, _broker.Address);
        await copy.SubscribedAsync();
        await hall.SayAsync(Event(7, 1, historical: true), Event(7, 2), Event(7, 2, historical: true), Event(7, 1), Event(7, 3));
        Assert.Equal((2, 0), ((await copy.AtAsync(7, 3)).Figures.Repeats, copy.View.Figures.Contradictions));

        await hall.SayAsync(Event(7, 2, data: """{"counter":9}"""));
        await copy.UntilAsync(view => view.Figures.Contradictions == 1);

        Assert.Contains(copy.Notices, notice => notice.StartsWith("CONTRADICTION: the hall says event 2 of epoch 7 again", StringComparison.Ordinal));
        await copy.DisposeAsync();
        Assert.Equal([Event(7, 1), Event(7, 2), Event(7, 3)], Bodies());
    }

    [Fact]
    public async Task Pruned_range_is_written_down_and_what_outlived_it_is_kept()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await hall.StatusAsync(new(true, "boot1", 7, 501, "0.1.0", First: 500));
        await using var copy = new TestCopy(Db, _broker.Address);
        await hall.UntilAsync<RebirthPayload>(Address.Rebirth, word => word == new RebirthPayload(7, 0));
        await hall.EventsAsync(7, 20, 30, 500, 501);

        Assert.Equal((497, true), ((await copy.AtAsync(7, 501)).Missing, copy.View.CaughtUp));
        await hall.EventsAsync(7, 25); // A note that was lost on the way, and came at a rebirth.
        await copy.UntilAsync(view => view.Figures.Taken == 5);
        await hall.EventsAsync(7, 503);
        await hall.UntilAsync<RebirthPayload>(Address.Rebirth, word => word == new RebirthPayload(7, 501));
        await copy.DisposeAsync();

        using var file = StoreFile.OpenToRead(Db);
        Assert.Equal([new(7, 1, 19), new(7, 21, 24), new(7, 26, 29), new(7, 31, 499)], file.Rows.Missing("test-hall"));
    }

    [Fact]
    public async Task New_epoch_begins_at_its_first_event_and_says_what_it_means_for_the_copy()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Db, _broker.Address);
        await copy.SubscribedAsync();
        await hall.EventsAsync(7, 1, 2, 3);
        await copy.AtAsync(7, 3);

        // The journal was put back to event 2, and the hall knows by our word that we have 3.
        await hall.StatusAsync(new(true, "boot2", 9, 2, "0.1.0", From: new(7, 3)));
        await copy.UntilAsync(view => view.Word.Boot == "boot2");
        await hall.EventsAsync(9, 2);
        await hall.UntilAsync<RebirthPayload>(Address.Rebirth, word => word == new RebirthPayload(9, 0));
        await hall.EventsAsync(9, 1, 2);
        await copy.AtAsync(9, 2);
        Assert.Contains(copy.Notices, notice => notice.StartsWith("NEW EPOCH 9", StringComparison.Ordinal) && notice.Contains("Nothing is missing here", StringComparison.Ordinal));

        // A new journal, of which nothing is said; and what comes late of the old one.
        await hall.EventsAsync(12, 1);
        await copy.AtAsync(12, 1);
        Assert.Contains(copy.Notices, notice => notice.StartsWith("NEW EPOCH 12", StringComparison.Ordinal) && notice.Contains("HISTORY MAY BE MISSING", StringComparison.Ordinal));
        await hall.EventsAsync(9, 3);
        await copy.UntilAsync(view => view.Figures.Stale == 1);
        await hall.UntilAsync<AcknowledgementPayload>(Address.Acknowledgement, word => word == new AcknowledgementPayload(12, 1));

        await copy.DisposeAsync();
        Assert.Equal([Event(7, 1), Event(7, 2), Event(7, 3), Event(9, 1), Event(9, 2), Event(12, 1)], Bodies());
    }

    [Fact]
    public async Task Host_that_was_started_anew_is_told_at_once_what_is_safe()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Db, _broker.Address);
        await copy.SubscribedAsync();
        await hall.StatusAsync(new(true, "boot1", 7, 2, "0.1.0"));
        await hall.EventsAsync(7, 1, 2);
        await hall.UntilAsync<AcknowledgementPayload>(Address.Acknowledgement, word => word == new AcknowledgementPayload(7, 2));
        var said = hall.Heard(Address.Acknowledgement).Count;

        await hall.StatusAsync(new(true, "boot2", 7, 1, "0.1.0"));
        await hall.UntilCountAsync(Address.Acknowledgement, said + 1);

        Assert.Equal("""{"epoch":7,"seq":2}""", hall.Heard(Address.Acknowledgement)[^1]);
    }

    [Fact]
    public async Task Will_of_a_connection_of_before_does_not_take_the_hall_away()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Db, _broker.Address);
        await copy.SubscribedAsync();
        await hall.StatusAsync(new(true, "boot1", 7, 1, "0.1.0"));
        await hall.StatusAsync(new(true, "boot2", 7, 1, "0.1.0"));
        await hall.StatusAsync(new(false, "boot1", 7, 1, "0.1.0"));
        await hall.EventsAsync(7, 1);
        Assert.True((await copy.AtAsync(7, 1)).Word.Online);

        await hall.StatusAsync(new(false, "boot2", 7, 1, "0.1.0"));
        await copy.UntilAsync(view => view.Word is { Online: false, Latest: not null });
    }

    [Fact]
    public async Task Texts_of_no_contract_are_dropped_counted_and_named()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Db, _broker.Address);
        await copy.SubscribedAsync();
        string[] odd =
        [
            "not JSON", "[]", "{}", Event(7, 1) + "x", Event(7, 1).Replace("test-hall", "other-hall", StringComparison.Ordinal), Event(7, 1).Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal),
            Event(0, 1), Event(7, 0), Event(7, 1, data: "[]"), Event(7, 1).Replace("\"seq\":1", "\"seq\":\"1\"", StringComparison.Ordinal), Event(7, 1).Replace("2026-01-05T", "yesterday ", StringComparison.Ordinal),
        ];
        await hall.SayAsync(odd);
        await hall.PublishAsync(Address.Status, "{}", retain: false);
        await hall.SayAsync(Event(7, 1, type: "robot-greeted", data: "{}"));

        var view = await copy.AtAsync(7, 1);
        Assert.Equal((odd.Length + 1, 1, 1), (view.Figures.Unreadable, view.Figures.Taken, view.Unknown));
        Assert.Contains(copy.Notices, notice => notice.Contains("\"hall\" is \"other-hall\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_disk_does_not_take_is_not_acknowledged_and_is_asked_for_again()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await using var copy = new TestCopy(Db, _broker.Address);
        await copy.SubscribedAsync();
        await hall.EventsAsync(7, 1);
        await copy.AtAsync(7, 1);
        Disk("CREATE TRIGGER broken BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END");
        await hall.EventsAsync(7, 2, 3);
        await copy.UntilAsync(view => view.Trouble?.Contains("the disk is broken", StringComparison.Ordinal) == true);
        Assert.Equal(new(7, 1), copy.View.Place);

        Disk("DROP TRIGGER broken");
        await hall.EventsAsync(7, 4);
        await hall.UntilAsync<RebirthPayload>(Address.Rebirth, word => word == new RebirthPayload(7, 1));
        Assert.DoesNotContain(hall.Heard(Address.Acknowledgement), word => word != """{"epoch":7,"seq":1}""");
        await hall.EventsAsync(7, 2, 3, 4);
        Assert.Null((await copy.AtAsync(7, 4)).Trouble);
    }

    [Fact]
    public void Second_writer_and_foreign_files_are_refused_and_left_alone()
    {
        using (StoreFile.Open(Db))
        {
            Assert.Contains("in use by another", Assert.Throws<Kiosk.Provisioning.Trouble>(() => StoreFile.Open(Db)).Message, StringComparison.Ordinal);
            StoreFile.OpenToRead(Db).Dispose();
        }

        var text = Path.Combine(_directory.Path, "letter.txt");
        File.WriteAllText(text, new string('x', 5000));
        Assert.Contains("is damaged", Assert.Throws<Kiosk.Provisioning.Trouble>(() => StoreFile.Open(text)).Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(text));
        Assert.Contains("There is no copy", Assert.Throws<Kiosk.Provisioning.Trouble>(() => StoreFile.OpenToRead(Path.Combine(_directory.Path, "none.db"))).Message, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Db));
    }

    private void Disk(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Db};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
