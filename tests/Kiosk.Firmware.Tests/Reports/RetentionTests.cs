using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Reports;
using Kiosk.Firmware.Tests.Journal;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Reports;

public sealed class RetentionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kiosk-retention-").FullName;
    private readonly SqliteJournal _journal;
    private readonly Notes _notes = new();
    private readonly HallProfile _profile = RunningHall.Profile() with { Retention = new RetentionProfile { JournalDays = 10 } };

    public RetentionTests() => _journal = SqliteJournal.Open(_directory);

    public void Dispose()
    {
        _journal.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Events_older_than_the_setting_are_removed_once_and_it_is_written_down()
    {
        BusinessDays.Write(_journal, 15);
        var keeper = Keeper();

        await keeper.ClearOnceAsync(default);
        await keeper.ClearOnceAsync(default);

        Assert.Equal(BusinessDays.First.AddDays(4), _journal.Days()[0].Day);
        var pruned = Assert.IsType<HallEvent.JournalPruned>(Assert.Single(_notes.Written));
        Assert.Equal((BusinessDays.First.AddDays(4), true), (pruned.Before, pruned.Events > 0));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(3, 0, 3)]
    public async Task What_the_store_does_not_have_stays(int daysTheStoreHas, int daysTheBrokerHas, int removed)
    {
        var ends = BusinessDays.Write(_journal, 15, tickets: 4);
        if (daysTheStoreHas > 0) _journal.SaveCursor(PublishCursor.StoreWord, ends[daysTheStoreHas - 1]);
        if (daysTheBrokerHas > 0) _journal.SaveCursor(PublishCursor.Place, ends[daysTheBrokerHas - 1] + PublishCursor.Replay);

        await Keeper(reporting: true).ClearOnceAsync(default);

        Assert.Equal(15 - removed, _journal.Days().Count);
    }

    private ReportKeeper Keeper(bool reporting = false)
    {
        var shelf = new ReportShelf(_journal, _journal, () => ReportTerms.Of(_profile), TimeProvider.System);
        shelf.KeepWhatIsDue();
        var feed = Recovery.Run(_journal, _profile, printing: false).Feed;
        var mqtt = MqttSettings.Of(_profile, _directory, "test") with { Enabled = reporting };
        return new(shelf, _journal, _journal, _journal, _notes, feed, TimeProvider.System, NullLogger<ReportKeeper>.Instance, mqtt);
    }

    private sealed class Notes : IIntake
    {
        public List<HallEvent.Note> Written { get; } = [];

        public Task<Answer> AskAsync(Request request, CancellationToken cancel)
        {
            Written.Add(((HallCommand.WriteDown)request.Command).Fact);
            return Task.FromResult(new Answer([], null, false));
        }
    }
}
