using System.Text;
using Kiosk.DemoBiller;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Billers.Http;
using Kiosk.Firmware.Payments.Postings;
using Kiosk.Hardware.Tests.Printers;
using Microsoft.Extensions.Logging;
using static Kiosk.Firmware.Tests.Payments.BillerRig;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>Postings against a biller that misbehaves on a real socket: booked once each, in order.</summary>
public sealed class PostingWorkerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly MemoryQueue _queue = new();
    private BillerRig _rig = null!;
    private HttpBiller _biller = null!;
    private PostingWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _rig = await BillerRig.StartAsync(_time);
        _biller = _rig.Terminal();
        _worker = await WorkAsync(_biller);
    }

    public async Task DisposeAsync()
    {
        await _worker.StopAsync(default);
        _worker.Dispose();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task Each_is_booked_once_in_order_and_its_sending_is_kept_before_the_first_byte()
    {
        _queue.Sending = key => Assert.Equal(0, _rig.Server.Deliveries(key));

        await AddAsync(10);

        await ExpectAsync(10);
        Assert.All(Keys(10), key => Assert.Equal(1, _rig.Server.Deliveries(key)));
    }

    [Fact]
    public async Task What_is_withdrawn_between_the_look_and_the_sending_is_never_sent()
    {
        _queue.Sending = key => _queue.Withdraw(key);

        await AddAsync(1);

        var (key, answer) = Assert.Single(await _queue.DoneAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(("p-1", new PostAnswer.Refused("cancelled")), (key, answer));
        Assert.Equal(0, _rig.Server.Deliveries("p-1"));
    }

    [Theory]
    [InlineData(BehaviourKind.Late)]
    [InlineData(BehaviourKind.Garbage)]
    [InlineData(BehaviourKind.OtherKey)]
    [InlineData(BehaviourKind.Away)]
    [InlineData(BehaviourKind.HangUp)]
    [InlineData(BehaviourKind.FailAfterBooking)]
    [InlineData(BehaviourKind.HangUpAfterBooking)]
    [InlineData(BehaviourKind.Twice)]
    public async Task Biller_that_misbehaves_for_a_while_has_booked_each_once_in_order(BehaviourKind kind)
    {
        var bill = await BillAsync(_biller);
        _rig.Server.Behaviour = new(kind, Times: 5);

        for (var n = 1; n <= 5; n++) _queue.Add("mobile", Posting($"p-{n}", bill, 1000 + n));

        await ExpectAsync(5);
        Assert.Equal(BehaviourKind.Good, _rig.Server.Behaviour.Kind);
    }

    [Fact]
    public async Task Biller_that_is_away_for_a_day_is_posted_to_later_in_order_once()
    {
        await AddAsync(1);
        await _time.PassUntilAsync(_queue.DoneAsync());
        var bill = await BillAsync(_biller);
        await _rig.Server.DisposeAsync();

        for (var n = 2; n <= 20; n++) _queue.Add("mobile", Posting($"p-{n}", bill, 1000 + n));
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1);
        }

        Assert.Null(_queue.Answered("p-2"));
        await _rig.StartBillerAsync();

        await ExpectAsync(20);
        Assert.True(_rig.Spoken.Lines.Count(line => line.Contains("waits for mobile", StringComparison.Ordinal)) <= 1, "one line for a day is enough");
    }

    [Fact]
    public async Task Host_and_biller_that_both_die_after_the_booking_have_booked_it_once()
    {
        var bill = await BillAsync(_biller);
        _rig.Server.Behaviour = new(BehaviourKind.Late) { Delay = TimeSpan.FromDays(1) };
        for (var n = 1; n <= 5; n++) _queue.Add("mobile", Posting($"p-{n}", bill, 1000 + n));
        await UntilAsync(() => _rig.Server.Postings().Count == 1);

        await _worker.StopAsync(default).WaitAsync(Watchdog);
        await _rig.Server.DisposeAsync();
        await _rig.StartBillerAsync();
        _worker.Dispose();
        _worker = await WorkAsync(_rig.Terminal());

        await ExpectAsync(5);
        Assert.Equal(0, _rig.Server.Deliveries("p-1"));
    }

    [Fact]
    public async Task Nobody_is_posted_while_the_one_before_is_not_known()
    {
        var bill = await BillAsync(_biller);
        _rig.Server.Behaviour = new(BehaviourKind.OtherKey);
        _queue.Add("mobile", Posting("p-1", bill, 1001));
        _queue.Add("mobile", Posting("p-2", bill, 1002));

        // First the one that is booked; then long enough for the next, were it not held up.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (_rig.Server.Postings().Count == 0 && !patience.IsCancellationRequested) await Task.Delay(5, CancellationToken.None);
        for (var step = 0; step < 50; step++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(2, CancellationToken.None);
        }

        Assert.Equal(["p-1"], _rig.Server.Postings().Select(booked => booked.Key));
        _rig.Server.Behaviour = Behaviour.Good;
        await ExpectAsync(2);
    }

    [Fact]
    public async Task Biller_that_is_away_does_not_hold_up_the_others()
    {
        var power = _rig.Terminal("power");
        await _worker.StopAsync(default);
        _worker.Dispose();
        _worker = await WorkAsync(_biller, power);
        var (bill, other) = (await BillAsync(_biller), await BillAsync(power));
        _rig.Server.Behaviour = new(BehaviourKind.Away, "mobile");

        _queue.Add("mobile", Posting("p-1", bill));
        _queue.Add("power", Posting("p-2", other));

        Assert.IsType<PostAnswer.Confirmed>(await _time.PassUntilAsync(_worker.PostNowAsync("p-2", TimeSpan.FromSeconds(15), default)));
        Assert.Null(_queue.Answered("p-1"));
    }

    [Fact]
    public async Task Refusal_is_kept_and_the_next_goes_out()
    {
        var (refusing, good) = (await BillAsync(_biller, "13800002225"), await BillAsync(_biller));
        _queue.Add("mobile", Posting("p-1", refusing));
        _queue.Add("mobile", Posting("p-2", good));

        var done = await _time.PassUntilAsync(_queue.DoneAsync());

        Assert.Equal(new PostAnswer.Refused("not-accepted"), done[0].Answer);
        Assert.IsType<PostAnswer.Confirmed>(done[1].Answer);
    }

    [Fact]
    public async Task Held_payment_gets_its_answer_and_cuts_the_pause_of_those_before_it_short()
    {
        var bill = await BillAsync(_biller);
        _rig.Server.Behaviour = new(BehaviourKind.Away);
        _queue.Add("mobile", Posting("p-1", bill, 1001));
        var began = _time.GetTimestamp();
        for (var asked = 0; asked == _rig.Server.Requests || _time.GetElapsedTime(began) < TimeSpan.FromMinutes(15);)
        {
            asked = _rig.Server.Requests;
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2);
        }

        // It has just asked in vain, and a pause of at least half a minute begins.
        _rig.Server.Behaviour = Behaviour.Good;
        _queue.Add("mobile", Posting("p-2", bill, 1002));
        var answer = await _time.PassUntilAsync(_worker.PostNowAsync("p-2", TimeSpan.FromSeconds(20), default));

        Assert.Equal(_queue.Answered("p-2"), Assert.IsType<PostAnswer.Confirmed>(answer));
        await ExpectAsync(2);
    }

    [Fact]
    public async Task Held_payment_that_gets_no_answer_in_time_is_posted_later()
    {
        var bill = await BillAsync(_biller);
        _rig.Server.Behaviour = new(BehaviourKind.Away);
        _queue.Add("mobile", Posting("p-1", bill, 1001));

        Assert.IsType<PostAnswer.Unknown>(await _time.PassUntilAsync(_worker.PostNowAsync("p-1", TimeSpan.FromSeconds(15), default)));
        Assert.Empty(_rig.Server.Postings());

        _rig.Server.Behaviour = Behaviour.Good;
        await ExpectAsync(1);
        Assert.Equal(_queue.Answered("p-1"), await _worker.PostNowAsync("p-1", TimeSpan.Zero, default));
    }

    [Fact]
    public async Task Withdrawn_payment_is_cancelled_at_the_biller_before_the_next_is_posted()
    {
        var bill = await BillAsync(_biller);
        _rig.Server.Behaviour = new(BehaviourKind.OtherKey);
        _queue.Add("mobile", Posting("p-1", bill, 1001));
        await UntilAsync(() => _rig.Server.Postings().Count == 1);

        _queue.Withdraw("p-1");
        _queue.Add("mobile", Posting("p-2", bill, 1002));
        _rig.Server.Behaviour = Behaviour.Good;
        var done = await _time.PassUntilAsync(_queue.DoneAsync());

        Assert.Equal(new PostAnswer.Refused("cancelled"), done[0].Answer);
        Assert.Equal([("p-1", "cancelled"), ("p-2", "confirmed")], _rig.Server.Postings().Select(booked => (booked.Key, booked.State)));
    }

    [Fact]
    public async Task Withdrawn_payment_that_was_never_sent_reaches_nobody()
    {
        await _worker.StopAsync(default);
        _worker.Dispose();
        _queue.Add("mobile", Posting("p-1", await BillAsync(_biller)));
        _queue.Withdraw("p-1");
        _worker = await WorkAsync(_biller);

        var done = await _time.PassUntilAsync(_queue.DoneAsync());

        Assert.Equal(new PostAnswer.Refused("cancelled"), Assert.Single(done).Answer);
        Assert.Empty(_rig.Server.Postings());
    }

    [Fact]
    public async Task No_account_number_is_in_any_line_of_the_log_or_file_of_a_run_in_which_everything_goes_wrong()
    {
        string[] accounts = [Account, "13800000000", "13800002225", "13800003335", "13987654321"];
        var said = new List<string>();
        var n = 0;
        foreach (var kind in Enum.GetValues<BehaviourKind>())
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            foreach (var account in accounts)
            {
                _rig.Server.Behaviour = Behaviour.Good;
                var look = await _time.PassUntilAsync(_biller.LookUpAsync(account, default));
                said.Add(look.ToString()!);
                if (look is LookUpAnswer.Found found) _queue.Add("mobile", Posting($"p-{++n}", found.Bill));
                _rig.Server.Behaviour = new(kind, Times: 3);
                said.Add((await _time.PassUntilAsync(_biller.LookUpAsync(account, default))).ToString()!);
            }
        }

        said.AddRange((await _time.PassUntilAsync(_queue.DoneAsync())).Select(done => done.ToString()));
        await _worker.StopAsync(default);
        await _rig.Server.DisposeAsync();
        var files = Directory.GetFiles(_rig.Options.Directory).Select(File.ReadAllBytes).ToList();
        await _rig.StartBillerAsync();

        Assert.True(n > 20 && _rig.Spoken.Lines.Count > 5 && files.Sum(file => file.Length) > 1000, "too little happened to prove anything");
        foreach (var account in accounts)
        {
            Assert.DoesNotContain(_rig.Spoken.Lines.Concat(said), line => line.Contains(account, StringComparison.Ordinal));
            Assert.DoesNotContain(files, file => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(account)) >= 0);
        }

        Assert.DoesNotContain(_rig.Spoken.Lines.Concat(said), line => line.Contains(_rig.Options.Secret, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Keys(int count) => Enumerable.Range(1, count).Select(n => $"p-{n}");

    private async Task AddAsync(int count)
    {
        var bill = await BillAsync(_biller);
        for (var n = 1; n <= count; n++) _queue.Add("mobile", Posting($"p-{n}", bill, 1000 + n));
    }

    /// <summary>All are confirmed with the numbers under which they were really booked: once each, in order, with their amounts.</summary>
    private async Task ExpectAsync(int count)
    {
        var done = await _time.PassUntilAsync(_queue.DoneAsync());

        var booked = _rig.Server.Postings();
        Assert.Equal(Keys(count), booked.Select(posting => posting.Key));
        Assert.Equal(Enumerable.Range(1, count).Select(n => 1000L + n), booked.Select(posting => posting.Amount));
        Assert.All(booked, posting => Assert.Equal("confirmed", posting.State));
        Assert.Equal(booked.Select(posting => (posting.Key, (PostAnswer)new PostAnswer.Confirmed(posting.Receipt))), done);
    }

    private async Task<PostingWorker> WorkAsync(params IBiller[] billers)
    {
        var worker = new PostingWorker(() => billers, _queue, _time, _rig.Spoken.CreateLogger<PostingWorker>());
        await worker.StartAsync(default);
        return worker;
    }

    private static async Task UntilAsync(Func<bool> so)
    {
        using var patience = new CancellationTokenSource(Watchdog);
        while (!so())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
