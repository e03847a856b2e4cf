using Kiosk.DemoBiller;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Billers.Http;
using Kiosk.Hardware.Tests.Printers;
using static Kiosk.Firmware.Tests.Payments.BillerRig;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>The adapter against the demo biller, on a real socket.</summary>
public sealed class HttpBillerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private BillerRig _rig = null!;
    private HttpBiller _biller = null!;

    public async Task InitializeAsync()
    {
        _rig = await BillerRig.StartAsync(_time);
        _biller = _rig.Terminal();
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Bill_has_a_masked_account_and_name_the_amount_due_and_the_narrower_limits()
    {
        var bill = await BillAsync(_biller);

        Assert.Equal("•••• 5678", bill.MaskedAccount);
        Assert.Matches("^.\\*.$", bill.MaskedName);
        Assert.InRange(bill.Due.Minor, 1000, 31_000);
        Assert.Equal((100L, 300_000L, "CNY"), (bill.Least.Minor, bill.Most.Minor, bill.Due.Currency));
        Assert.DoesNotContain(Account, bill.ToString(), StringComparison.Ordinal);
        Assert.Equal((bill.MaskedName, bill.Due), (await BillAsync(_biller) is var again ? (again.MaskedName, again.Due) : default));
    }

    [Theory]
    [InlineData("13800000000")]
    [InlineData("1380000000A")]
    public async Task Account_that_the_biller_does_not_have_is_said_so(string account) =>
        Assert.Equal(new LookUpAnswer.NoSuchAccount(), await _biller.LookUpAsync(account, default).WaitAsync(Watchdog));

    [Fact]
    public async Task Paid_amount_is_credited_and_the_same_key_has_no_second_effect()
    {
        var bill = await BillAsync(_biller);
        var posting = Posting("p-1", bill);

        var first = Assert.IsType<PostAnswer.Confirmed>(await _biller.PostAsync(posting, default).WaitAsync(Watchdog));

        Assert.Equal(first, await _biller.PostAsync(posting, default).WaitAsync(Watchdog));
        Assert.Equal(first, await _biller.QueryAsync("p-1", default).WaitAsync(Watchdog));
        Assert.Equal(bill.Due - new Money(5000, "CNY"), (await BillAsync(_biller)).Due);
        Assert.Equal(("p-1", "confirmed", 5000L, first.Number), Assert.Single(_rig.Server.Postings()) is var booked ? (booked.Key, booked.State, booked.Amount, booked.Receipt) : default);
        Assert.Equal(2, _rig.Server.Deliveries("p-1"));
    }

    [Fact]
    public async Task Key_that_comes_with_another_body_is_unknown_for_the_first_one_stands()
    {
        var bill = await BillAsync(_biller);
        await _biller.PostAsync(Posting("p-1", bill), default).WaitAsync(Watchdog);

        Assert.IsType<PostAnswer.Unknown>(await _biller.PostAsync(Posting("p-1", bill, 6000), default).WaitAsync(Watchdog));
        Assert.IsType<PostAnswer.Unknown>(await _biller.QueryAsync("p-1", new Money(6000, "CNY"), default).WaitAsync(Watchdog));
        Assert.IsType<PostAnswer.Confirmed>(await _biller.QueryAsync("p-1", new Money(5000, "CNY"), default).WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData("13800002225", 5000, "not-accepted")]
    [InlineData("13800003335", 5000, "account-closed")]
    [InlineData(Account, 99, "amount-too-small")]
    [InlineData(Account, 500_001, "amount-too-large")]
    public async Task Posting_is_refused_with_the_billers_reason_for_ever(string account, long amount, string reason)
    {
        var posting = Posting("p-1", await BillAsync(_biller, account), amount);

        Assert.Equal(new PostAnswer.Refused(reason), await _biller.PostAsync(posting, default).WaitAsync(Watchdog));
        Assert.Equal(new PostAnswer.Refused(reason), await _biller.PostAsync(posting, default).WaitAsync(Watchdog));
        Assert.Equal(new PostAnswer.Refused(reason), await _biller.QueryAsync("p-1", default).WaitAsync(Watchdog));
        Assert.Equal((0, 0L), (await _biller.StatementAsync("T1", 7, default).WaitAsync(Watchdog)) is { } said ? (said.Count, said.Total.Minor) : default);
    }

    [Fact]
    public async Task Account_that_closed_after_the_look_up_is_not_found_again()
    {
        await _biller.PostAsync(Posting("p-1", await BillAsync(_biller, "13800003335")), default).WaitAsync(Watchdog);

        Assert.Equal(new LookUpAnswer.NoSuchAccount(), await _biller.LookUpAsync("13800003335", default).WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Reference_can_be_paid_for_thirty_days_and_not_by_another_biller()
    {
        var bill = await BillAsync(_biller);
        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        Assert.IsType<PostAnswer.Confirmed>(await _biller.PostAsync(Posting("p-1", bill), default).WaitAsync(Watchdog));
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(new PostAnswer.Refused("reference-expired"), await _biller.PostAsync(Posting("p-2", bill), default).WaitAsync(Watchdog));
        Assert.Equal(new PostAnswer.Refused("reference-unknown"), await _rig.Terminal("power").PostAsync(Posting("p-3", bill), default).WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Cancelled_posting_counts_no_more_and_a_key_that_was_cancelled_first_is_never_booked()
    {
        var bill = await BillAsync(_biller);
        await _biller.PostAsync(Posting("p-1", bill), default).WaitAsync(Watchdog);
        await _biller.PostAsync(Posting("p-2", bill, 700), default).WaitAsync(Watchdog);

        Assert.Equal(CancelAnswer.Cancelled, await _biller.CancelAsync("p-1", default).WaitAsync(Watchdog));
        Assert.Equal(CancelAnswer.Cancelled, await _biller.CancelAsync("p-3", default).WaitAsync(Watchdog));

        Assert.Equal(new PostAnswer.Refused("cancelled"), await _biller.QueryAsync("p-1", default).WaitAsync(Watchdog));
        Assert.Equal(new PostAnswer.Refused("cancelled"), await _biller.PostAsync(Posting("p-3", bill), default).WaitAsync(Watchdog));
        Assert.Equal(new BillerStatement(1, new Money(700, "CNY")), await _biller.StatementAsync("T1", 7, default).WaitAsync(Watchdog));
        Assert.Equal(new BillerStatement(0, new Money(0, "CNY")), await _biller.StatementAsync("T1", 8, default).WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Key_that_never_came_is_not_known() =>
        Assert.Equal(new PostAnswer.NotKnown(), await _biller.QueryAsync("p-1", default).WaitAsync(Watchdog));

    [Theory]
    [InlineData(BehaviourKind.Late)]
    [InlineData(BehaviourKind.Garbage)]
    [InlineData(BehaviourKind.OtherKey)]
    [InlineData(BehaviourKind.FailAfterBooking)]
    [InlineData(BehaviourKind.HangUpAfterBooking)]
    public async Task Posting_that_is_booked_without_a_believable_answer_is_unknown_and_a_query_tells(BehaviourKind kind)
    {
        var posting = Posting("p-1", await BillAsync(_biller));
        _rig.Server.Behaviour = new(kind);

        var answer = await _time.PassUntilAsync(_biller.PostAsync(posting, default));

        Assert.IsType<PostAnswer.Unknown>(answer);
        Assert.Single(_rig.Server.Postings());
        _rig.Server.Behaviour = Behaviour.Good;
        Assert.IsType<PostAnswer.Confirmed>(await _time.PassUntilAsync(_biller.QueryAsync("p-1", default)));
        Assert.Single(_rig.Server.Postings());
    }

    [Theory]
    [InlineData(BehaviourKind.Away)]
    [InlineData(BehaviourKind.HangUp)]
    public async Task Posting_that_was_not_booked_is_unknown_too_and_then_not_known(BehaviourKind kind)
    {
        var posting = Posting("p-1", await BillAsync(_biller));
        _rig.Server.Behaviour = new(kind);

        Assert.IsType<PostAnswer.Unknown>(await _time.PassUntilAsync(_biller.PostAsync(posting, default)));
        Assert.IsType<LookUpAnswer.Unavailable>(await _time.PassUntilAsync(_biller.LookUpAsync(Account, default)));

        _rig.Server.Behaviour = Behaviour.Good;
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(new PostAnswer.NotKnown(), await _time.PassUntilAsync(_biller.QueryAsync("p-1", default)));
        Assert.Equal(
            [$"The biller mobile answers again"],
            _rig.Spoken.Lines.Select(line => line.Trim()).Where(line => line.EndsWith("answers again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Server_that_fails_once_after_booking_is_asked_again_with_the_same_key()
    {
        var posting = Posting("p-1", await BillAsync(_biller));
        _rig.Server.Behaviour = new(BehaviourKind.FailAfterBooking, Times: 1);

        Assert.IsType<PostAnswer.Confirmed>(await _time.PassUntilAsync(_biller.PostAsync(posting, default)));
        Assert.Equal((1, 2), (_rig.Server.Postings().Count, _rig.Server.Deliveries("p-1")));
    }

    [Fact]
    public async Task Look_up_is_tried_three_times_before_it_is_given_up()
    {
        _rig.Server.Behaviour = new(BehaviourKind.Away, Times: 2);
        Assert.IsType<LookUpAnswer.Found>(await _time.PassUntilAsync(_biller.LookUpAsync(Account, default)));

        _rig.Server.Behaviour = new(BehaviourKind.Late, Times: 1);
        Assert.IsType<LookUpAnswer.Found>(await _time.PassUntilAsync(_biller.LookUpAsync(Account, default)));

        _rig.Server.Behaviour = new(BehaviourKind.Away, Times: 3);
        Assert.IsType<LookUpAnswer.Unavailable>(await _time.PassUntilAsync(_biller.LookUpAsync(Account, default)));
    }

    [Fact]
    public async Task Biller_that_fails_again_and_again_is_left_alone_for_five_seconds()
    {
        _rig.Server.Behaviour = new(BehaviourKind.Away);
        for (var n = 0; n < 2; n++) await _time.PassUntilAsync(_biller.LookUpAsync(Account, default));
        _rig.Server.Behaviour = Behaviour.Good;

        Assert.Contains("left alone", Assert.IsType<LookUpAnswer.Unavailable>(await _biller.LookUpAsync(Account, default).WaitAsync(Watchdog)).Why, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(6));
        await BillAsync(_biller);
    }

    [Fact]
    public async Task Second_answer_on_the_connection_is_not_taken_for_that_of_the_next_posting()
    {
        var bill = await BillAsync(_biller);
        _rig.Server.Behaviour = new(BehaviourKind.Twice);
        for (var n = 1; n <= 10; n++)
        {
            // What stands on the connection from before costs an attempt, at times both, and after many the biller is left alone for five seconds:
            // a posting may not be sent at all. Whoever gets no answer asks again with the same key, as the queue does.
            PostAnswer answer = new PostAnswer.Unknown("not asked yet");
            for (var attempt = 0; attempt < 20 && answer is PostAnswer.Unknown; attempt++)
            {
                answer = await _time.PassUntilAsync(_biller.PostAsync(Posting($"p-{n}", bill, 100 * n), default));
                _time.Advance(TimeSpan.FromSeconds(6));
            }

            var number = Assert.IsType<PostAnswer.Confirmed>(answer).Number;
            Assert.Equal(number, _rig.Server.Postings().Single(booked => booked.Key == $"p-{n}").Receipt);
        }

        Assert.True(_rig.Server.Deliveries("p-1") >= 2, "nothing came twice");
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"p-{n}"), _rig.Server.Postings().Select(booked => booked.Key));
    }

    [Fact]
    public async Task Who_gives_up_waiting_gets_the_cancellation_and_no_answer()
    {
        using var cancel = new CancellationTokenSource();
        _rig.Server.Behaviour = new(BehaviourKind.Late);
        var asking = _biller.LookUpAsync(Account, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(Watchdog));
    }
}
