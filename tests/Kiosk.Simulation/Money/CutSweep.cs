using Kiosk.Domain.Payments;
using Kiosk.Journal;
using Kiosk.Simulation.Faults;

namespace Kiosk.Simulation.Money;

/// <summary>What loses its power, or breaks, at a cut.</summary>
internal enum CutKind
{
    /// <summary>The board alone: the terminal and the acceptors go on.</summary>
    Board,

    /// <summary>The device alone; the board lives.</summary>
    Device,

    /// <summary>Both, as when the hall's fuse blows.</summary>
    Both,

    /// <summary>The cable: it is plugged in again.</summary>
    Cable,
}

/// <summary>
/// One payment, cut at every byte of the conversation with its device and at every write of the journal. After each cut the board starts again, and the books
/// must agree with what the device really took: nobody is charged twice or robbed, and what cannot be known is a case.
/// </summary>
internal sealed class CutSweep(int every, int pace, TextWriter report)
{
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(15);

    private static readonly (string Driver, string Options, long[] Items)[] Scenarios =
    [
        ("zvt", """{"currency": "CNY"}""", []),
        ("ssp", "{}", [1000, 2000]),
        ("ssp", """{"pollWithAck": false}""", [1000, 2000]),
        ("id003", "{}", [1000, 2000]),
        ("cctalk-notes", """{"currency": "CNY"}""", [1000, 2000]),
        ("cctalk-coins", """{"currency": "CNY"}""", [100, 100]),
    ];

    private int _points, _cases, _wrong;

    public async Task<int> RunAsync(string? only, CancellationToken cancel)
    {
        foreach (var (driver, options, items) in Scenarios.Where(scenario => only is null || scenario.Driver == only))
        {
            var (points, cases) = (_points, _cases);
            var (bytes, writes) = await MeasureAsync(driver, options, items, cancel);
            for (var at = 1L; at <= bytes; at += every)
            {
                foreach (var kind in Enum.GetValues<CutKind>()) await TryAsync(driver, options, items, new(at, null, false, kind), cancel);
            }

            for (var at = 1; at <= writes; at++)
            {
                await TryAsync(driver, options, items, new(null, at, false, CutKind.Board), cancel);
                await TryAsync(driver, options, items, new(null, at, true, CutKind.Both), cancel);
            }

            await report.WriteLineAsync($"{driver} {options}: {bytes} bytes, {writes} writes; {_points - points} cut points tried, {_cases - cases} ended in a case");
        }

        await report.WriteLineAsync(_wrong == 0 ? $"PASS {_points} cut points" : $"{_wrong} of {_points} cut points FAILED");
        return _wrong == 0 ? 0 : 1;
    }

    private sealed record Cut(long? Byte, int? Write, bool Behind, CutKind Kind);

    /// <summary>How long the whole conversation is when nothing is cut.</summary>
    private async Task<(long Bytes, int Writes)> MeasureAsync(string driver, string options, long[] items, CancellationToken cancel)
    {
        await using var run = await Run.StartAsync(driver, options, new(null, null, false, CutKind.Board), pace, cancel);
        await run.PayAsync(items, cancel);
        var (bytes, writes) = (run.Bytes, run.Writes);
        var wrong = await run.SettleAsync(Settle, cancel);
        if (wrong.Count > 0) throw new InvalidOperationException($"{driver} without a cut: {string.Join("; ", wrong)}");
        return (bytes, writes);
    }

    private async Task TryAsync(string driver, string options, long[] items, Cut cut, CancellationToken cancel)
    {
        await using var run = await Run.StartAsync(driver, options, cut, pace, cancel);
        await run.PayAsync(items, cancel);
        var wrong = await run.SettleAsync(Settle, cancel);
        _points++;
        _cases += run.Cases > 0 ? 1 : 0;
        if (_points % 100 == 0) await report.WriteLineAsync($"  {_points} cut points, {_cases} with a case, {_wrong} wrong");
        if (wrong.Count == 0) return;

        _wrong++;
        await report.WriteLineAsync($"FAIL {driver} {options} {cut}: {string.Join("; ", wrong)}");
        foreach (var line in run.Story()) await report.WriteLineAsync($"       {line}");
    }

    /// <summary>One payment with at most one cut, and what comes after it.</summary>
    private sealed class Run : IAsyncDisposable
    {
        private readonly string _data = Directory.CreateTempSubdirectory("kiosk-cut-").FullName;
        private readonly QuickTime _time;
        private readonly Cut _cut;
        private readonly PayDevice _device;
        private CutCable _cable;
        private Board _board = null!;
        private MortalJournal _journal = null!;
        private IReadOnlyList<Recorded> _entries = [];

        private Run(string driver, string options, Cut cut, int pace)
        {
            _cut = cut;
            _time = new QuickTime(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), pace);
            _device = new(driver == "zvt" ? "card-terminal" : "cash", driver, options, _time);
            if (_device.Card) _device.Do("auto", """{"on": true, "milliseconds": 200}""");
            _cable = new(() => _device.Port, cut.Byte, Break);
        }

        public long Bytes => _cable.Bytes;

        public int Writes => _board.Journal.Writes;

        public int Cases { get; private set; }

        public static async Task<Run> StartAsync(string driver, string options, Cut cut, int pace, CancellationToken cancel)
        {
            var run = new Run(driver, options, cut, pace);
            await File.WriteAllTextAsync(run.PasswordFile, "000000", cancel);
            await run.BootAsync(cut, cancel);
            return run;
        }

        public async Task PayAsync(long[] items, CancellationToken cancel)
        {
            try
            {
                await TryPayAsync(items, cancel);
            }
            catch (JournalUnavailableException) when (_journal.Dead)
            {
                // The customer stands before a dark screen.
            }
        }

        private async Task TryPayAsync(long[] items, CancellationToken cancel)
        {
            var customer = new PayCustomer(_board, _time);
            var amount = items.Length == 0 ? 3000 : items.Sum();
            if (await customer.BeginAsync("mobile", "13812345678", _device.Card ? PayMeans.Card : PayMeans.Cash, amount, TimeSpan.FromMinutes(2), cancel) is not { } id) return;
            if (!_device.Card)
            {
                var all = await customer.InsertAsync(id, items.Select(value => (_device, value)), cancel);
                if (!_board.Journal.Dead && _board.Ledger.Current == id) _ = all ? await _board.Desk.FinishCashAsync(id, cancel) : await _board.Desk.CancelAsync(id, "cancelled", cancel);
            }

            await customer.UntilAsync(ledger => ledger.Find(id) is null or { End: not null }, TimeSpan.FromMinutes(5), cancel);
        }

        /// <summary>Starts the board again where it died, waits until nothing moves any more, and compares.</summary>
        public async Task<List<string>> SettleAsync(TimeSpan within, CancellationToken cancel)
        {
            if (_board.Journal.Dead)
            {
                await _board.DisposeAsync();
                await _cable.DisposeAsync();
                _cable = new(() => _device.Port, null, () => { });
                await BootAsync(new(null, null, false, CutKind.Board), cancel);
            }

            var settled = await new PayCustomer(_board, _time).UntilAsync(Books.Settled, within, cancel);

            // The device may still have something to tell.
            await Task.Delay(TimeSpan.FromSeconds(10), _time, cancel);
            _entries = _board.Journal.ReadLedger(0, int.MaxValue);
            Cases = _board.Ledger.Cases.Count;
            var wrong = Books.Wrong(_board.Ledger, _entries, [_device], _board.Biller.Postings()).ToList();
            if (!settled) wrong.Insert(0, $"it never came to an end: {_board.Ledger.AtTerminal}, {string.Join(", ", _board.Ledger.Payments.Values.Select(payment => $"{payment.CardPhase} {payment.Posting} {payment.End}"))}");
            if (_board.Journal.VerifyLedger(null, cancel).BrokenAt is { } broken) wrong.Add($"the chain is broken at {broken}");
            return wrong;
        }

        public IEnumerable<string> Story() =>
            _entries.Select(entry => $"{entry.At:mm:ss.fff} {entry.Source} {EventCodec.TypeOf(entry.Fact)} {System.Text.Encoding.UTF8.GetString(EventCodec.Encode(entry.Fact))}").Append(_device.Look().ToJsonString());

        public async ValueTask DisposeAsync()
        {
            await _board.DisposeAsync();
            await _cable.DisposeAsync();
            await _device.DisposeAsync();
            _time.Dispose();
            Directory.Delete(_data, recursive: true);
        }

        private string PasswordFile => Path.Combine(_data, "password");

        private async Task BootAsync(Cut cut, CancellationToken cancel) => _board = await Board.StartAsync(
            _data, PayHall.Profile([(_device, _cable.Port)], PasswordFile), _time, journal => _journal = new MortalJournal(journal, Break) { DiesAt = cut.Write, Behind = cut.Behind }, cancel);

        private void Break()
        {
            var board = _cut.Kind is CutKind.Board or CutKind.Both;
            _cable.Break(forEver: board);

            // Where the write itself is cut, the journal dies by itself, before it or behind it.
            if (board && _cut.Write is null) _journal.Die();
            if (_cut.Kind is CutKind.Device or CutKind.Both) Task.Run(() =>
            {
                _device.Do("power", """{"state": "off"}""");
                _device.Do("power", """{"state": "on"}""");
            });
        }
    }
}
