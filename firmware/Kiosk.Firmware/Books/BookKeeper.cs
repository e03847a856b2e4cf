using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Books;

/// <summary>Keeps the books up to the journal's last note: all notes at the start, then only new ones. Thread safe.</summary>
internal sealed partial class BookKeeper(IArchive archive, HallFeed feed, TimeProvider time, ILogger<BookKeeper> log) : BackgroundService, IAppointments
{
    private const int Page = 1000;

    /// <summary>Events of a busy moment are looked through at once; who asks for the books sooner gets them sooner.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private HallBooks _books = HallBooks.Empty;
    private long _seq;
    private DateTimeOffset _trimmed;
    private string? _trouble;

    /// <summary>The books as of the latest commit; as they were last where the journal cannot be read.</summary>
    public HallBooks Current
    {
        get
        {
            lock (_gate)
            {
                CatchUp();
                return _books;
            }
        }
    }

    public Appointment? Find(string id, out ServiceId service)
    {
        var booked = Current.Appointments.Find(id);
        service = booked?.Service ?? default;
        return booked is null ? null : new(booked.Id, booked.Slot);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                lock (_gate) CatchUp();
                await Task.Delay(Gathering, time, stoppingToken);
                await feed.AfterAsync(Interlocked.Read(ref _seq), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void CatchUp()
    {
        var latest = feed.Latest.Seq;
        if (latest <= _seq) return;

        try
        {
            while (archive.ReadNotes(_seq, Page) is { Count: > 0 } notes)
            {
                foreach (var note in notes) _books = _books.After((HallEvent.Note)note.Fact, note.At, note.Who);
                Interlocked.Exchange(ref _seq, notes[^1].Seq);
                Trim();
            }

            Interlocked.Exchange(ref _seq, Math.Max(_seq, latest));
            _trouble = null;
        }
        catch (JournalUnavailableException unavailable)
        {
            if (_trouble != unavailable.Message) LogTrouble(log, unavailable.Message);
            _trouble = unavailable.Message;
        }
    }

    private void Trim()
    {
        var now = time.GetUtcNow();
        if (now - _trimmed < TimeSpan.FromHours(1) && _trimmed <= now) return;

        _books = _books.Trimmed(now);
        _trimmed = now;
    }

    [LoggerMessage(1, LogLevel.Error, "The books cannot be read on: {Trouble}")]
    private static partial void LogTrouble(ILogger log, string trouble);
}
