using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Tests.Payments.Tills;

namespace Kiosk.Domain.Tests.Payments;

public sealed class CashPaymentTests
{
    private readonly Till _till = new();

    [Fact]
    public void Cash_is_written_down_before_it_is_stacked_and_credited_when_the_biller_has_confirmed()
    {
        var id = _till.PayInCash(70, 50, 20);

        Assert.Equal(
            [
                nameof(PaymentBegun), nameof(CashEscrowed), nameof(CashStacking), nameof(CashCredited), nameof(CashEscrowed), nameof(CashStacking), nameof(CashCredited),
                nameof(PostingQueued), nameof(PostingSending), nameof(PostingConfirmed), nameof(ReceiptIssued), nameof(PaymentEnded),
            ],
            _till.Facts.Select(fact => fact.GetType().Name));
        Assert.Equal((Yuan(70), Yuan(70), Yuan(0)), (_till.State.Totals.Accepted, _till.State.Totals.Credited, _till.State.UnderWay));
        Assert.Equal([new CashPile(2000, 1), new(5000, 1)], _till.State.Box(Notes).Content);
        Assert.Equal(PaymentEnd.Paid, _till.State.Find(id)!.End);
    }

    [Fact]
    public void Overpaid_cash_is_credited_where_the_hall_says_so()
    {
        _till.PayInCash(70, 100);

        Assert.Equal(Yuan(100), _till.State.Totals.Credited);
        Assert.Equal((Yuan(100), 0), (_till.State.Receipts[1].Amount, _till.State.LastCase));
    }

    [Fact]
    public void Overpaid_cash_is_on_a_claim_slip_where_the_hall_says_so()
    {
        var till = new Till(Tills.Site(overpaid: Overpaid.Claim));
        var id = till.Begin(PayMeans.Cash, 70);
        till.Insert(100).Must(new FinishCash(id));

        Assert.True(till.Line("receipts").Agrees);
        till.Must(new SendPosting(id), new ConfirmPosting(id, "N-1"));

        Assert.Equal([(ReceiptKind.Claim, Yuan(30)), (ReceiptKind.Payment, Yuan(70))], till.State.Receipts.Values.Select(receipt => (receipt.Kind, receipt.Amount)));
        Assert.Equal((CaseKind.Overpaid, Yuan(30)), (till.State.Cases[1].Kind, till.State.Cases[1].Amount));
        Assert.True(till.Line("receipts").Agrees);
        till.Must(new SettleCase(1, CaseOutcome.Refunded, "paid out at the counter", "li.wei"));
        Assert.Equal((Yuan(70), Yuan(30), Yuan(0)), (till.State.Totals.Credited, till.State.Totals.Returned, till.State.InCases));
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("timed-out")]
    [InlineData("restart")]
    public void Cash_of_a_payment_that_is_stopped_is_a_claim(string why)
    {
        var id = _till.Begin(PayMeans.Cash, 70);
        _till.Insert(50).Must(new StopPayment(id, why));

        Assert.Equal((CaseKind.Stopped, Yuan(50)), (_till.State.Cases[1].Kind, _till.State.Cases[1].Amount));
        Assert.Equal((ReceiptKind.Claim, Yuan(50), 1), (_till.State.Receipts[1].Kind, _till.State.Receipts[1].Amount, _till.State.Receipts[1].Case!.Value));
        Assert.Null(_till.State.Current);
    }

    [Fact]
    public void Refusal_after_the_stack_prints_a_claim_slip_and_opens_a_case()
    {
        var id = _till.Begin(PayMeans.Cash, 50);
        _till.Insert(50).Must(new FinishCash(id), new SendPosting(id), new RefusePosting(id, "account-closed"));

        Assert.Equal((CaseKind.BillerRefused, ReceiptKind.Claim, PaymentEnd.Case), (_till.State.Cases[1].Kind, _till.State.Receipts[1].Kind, _till.State.Find(id)!.End!.Value));
    }

    [Fact]
    public void Biller_that_is_away_is_posted_to_later_and_the_customer_goes_with_a_receipt()
    {
        var id = _till.Begin(PayMeans.Cash, 50);
        _till.Insert(50).Must(new FinishCash(id), new HallCommand.PostLater(id));

        Assert.Equal((PaymentEnd.Paid, Yuan(50)), (_till.State.Payments[id].End!.Value, _till.State.UnderWay));
        Assert.True(_till.Line("receipts").Agrees);
        _till.Must(new SendPosting(id), new ConfirmPosting(id, "N-1"));
        Assert.Equal((1, Yuan(0)), (_till.State.LastReceipt, _till.State.UnderWay));
    }

    [Fact]
    public void Note_in_doubt_has_the_value_that_was_written_down_when_it_was_stacked()
    {
        _till.Begin(PayMeans.Cash, 70);
        _till.Must(new EscrowCash(Notes, Yuan(50)), new DoubtCash(Notes, null, "link lost"));

        Assert.Equal((CaseKind.CashInDoubt, Yuan(0), Yuan(50)), (_till.State.Cases[1].Kind, _till.State.Cases[1].Amount, _till.State.Cases[1].InDoubt));
        Assert.Equal((ReceiptKind.Claim, Yuan(0)), (_till.State.Receipts[1].Kind, _till.State.Receipts[1].Amount));
    }

    [Theory]
    [InlineData(CaseOutcome.Refunded, 100, 50)]
    [InlineData(CaseOutcome.Credited, 100, 50)]
    [InlineData(CaseOutcome.NothingHappened, 50, 0)]
    public void Note_in_doubt_explains_the_count_that_it_makes_over(CaseOutcome outcome, long counted, long explained)
    {
        Doubtful(50).Must(new RemoveCashBox(Notes)).Count(new CashPile(5000, (int)counted / 50));

        Assert.Equal(Yuan(counted - 50), _till.Line("cash").Difference);
        Assert.Equal(Yuan(counted - 50), _till.Line("cash").Explained);
        _till.Must(new SettleCase(1, outcome, "looked into the box", "li.wei"));

        Assert.Equal((Yuan(explained), true), (_till.Line("cash").Explained, _till.Line("cash").Agrees));
    }

    [Fact]
    public void Note_in_doubt_that_was_not_in_the_box_explains_nothing()
    {
        Doubtful(50).Must(new SettleCase(1, CaseOutcome.NothingHappened, "it is stuck in the slot", "li.wei")).Count(new CashPile(5000, 2));

        Assert.Equal((Yuan(50), Yuan(0), false), (_till.Line("cash").Difference!.Value, _till.Line("cash").Explained, _till.Line("cash").Agrees));
    }

    [Fact]
    public void Note_that_neither_device_nor_ledger_knows_is_settled_with_what_was_found()
    {
        _till.Must(new DoubtCash(Coins, null, "more events than it keeps"));

        Assert.Equal(Rejection.CaseOutcomeImpossible, _till.Do(new SettleCase(1, CaseOutcome.Refunded, "a coin was in the box", "li.wei")).Refused);
        _till.Must(new SettleCase(1, CaseOutcome.Refunded, "a coin was in the box", "li.wei", Yuan(1)));

        Assert.Equal((Yuan(1), Yuan(1)), (_till.State.Totals.Accepted, _till.State.Totals.Returned));
    }

    [Fact]
    public void Credit_after_the_end_is_a_case_and_never_another_customers_money()
    {
        var id = _till.Begin(PayMeans.Cash, 70);
        _till.Must(new EscrowCash(Notes, Yuan(50)), new StopPayment(id, "restart"));
        var next = _till.Begin(PayMeans.Cash, 20);
        _till.Must(new CreditCash(Notes, Yuan(50), "m1"));

        Assert.Equal((CaseKind.CashUnowned, Yuan(50)), (_till.State.Cases[1].Kind, _till.State.Cases[1].Amount));
        Assert.Contains(id.Value, _till.State.Cases[1].Detail, StringComparison.Ordinal);
        Assert.Equal((Yuan(0), 0), (_till.State.Payments[next].Accepted, _till.State.LastReceipt));
    }

    [Fact]
    public void Coin_that_comes_after_the_customer_has_finished_is_on_a_claim_slip()
    {
        var id = _till.Begin(PayMeans.Cash, 50);
        _till.Insert(50).Must(new FinishCash(id), new CreditCash(Coins, Yuan(1), "c1"));

        Assert.Equal((ReceiptKind.Claim, Yuan(1), 1), (_till.State.Receipts[1].Kind, _till.State.Receipts[1].Amount, _till.State.Receipts[1].Case!.Value));
        _till.Must(new SendPosting(id), new ConfirmPosting(id, "N-1"));
        Assert.True(_till.Line("receipts").Agrees);
    }

    [Fact]
    public void Credit_that_a_device_tells_of_again_is_counted_once_also_behind_others()
    {
        _till.Begin(PayMeans.Cash, 70);
        _till.Must(new CreditCash(Notes, Yuan(10), "m1"), new CreditCash(Notes, Yuan(10), "m2"));

        Assert.Equal(Rejection.CountedBefore, _till.Do(new CreditCash(Notes, Yuan(10), "m1")).Refused);
        Assert.Equal(Yuan(20), _till.State.Totals.Accepted);
    }

    [Fact]
    public void Cash_cannot_be_finished_or_stopped_while_a_note_is_taken_in()
    {
        var id = _till.Begin(PayMeans.Cash, 70);
        _till.Must(new EscrowCash(Notes, Yuan(50)));

        Assert.Equal(Rejection.NoteMoving, _till.Do(new FinishCash(id)).Refused);
        Assert.Equal(Rejection.NoteMoving, _till.Do(new StopPayment(id, "cancelled")).Refused);
    }

    [Fact]
    public void Notes_beyond_what_is_to_be_paid_are_given_back()
    {
        _till.Begin(PayMeans.Cash, 70);
        _till.Insert(100).Must(new EscrowCash(Notes, Yuan(10)));

        Assert.Equal("too-much", _till.News.OfType<CashReturning>().Single().Why);
    }

    [Fact]
    public void Money_of_another_currency_or_beyond_every_sum_is_refused_instead_of_stopping_the_host()
    {
        _till.Begin(PayMeans.Cash, 70);

        Assert.Equal(Rejection.AmountNotAllowed, _till.Do(new CreditCash(Notes, new(500, "EUR"), "m1")).Refused);
        Assert.Equal(Rejection.AmountNotAllowed, _till.Do(new DepositCash("D-1", new(long.MaxValue, "CNY"), "li.wei")).Refused);
        Assert.Equal(Rejection.CountImpossible, _till.Do(new CountCash(Notes, "BX", [new(long.MaxValue, 2)], "li.wei")).Refused);
    }

    /// <summary>50 in the box, and a note of this value that may be in it.</summary>
    private Till Doubtful(long yuan)
    {
        var id = _till.Begin(PayMeans.Cash, 100);
        return _till.Insert(50).Must(new EscrowCash(Notes, Yuan(yuan)), new DoubtCash(Notes, Yuan(yuan), "jam"), new FinishCash(id), new SendPosting(id), new ConfirmPosting(id, "N-1"));
    }
}
