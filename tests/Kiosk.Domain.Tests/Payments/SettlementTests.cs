using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Tests.Payments.Tills;

namespace Kiosk.Domain.Tests.Payments;

public sealed class SettlementTests
{
    private readonly Till _till = new();

    [Fact]
    public void Period_in_which_everything_agrees_is_closed_without_a_reason_and_the_next_begins()
    {
        Day().Count(new CashPile(5000, 1)).Must(new TakeCardTotals(1, Yuan(80), 17, 17), new StateBiller(Mobile, 2, Yuan(130)), new DepositCash("D-1", Yuan(50), "li.wei"), Close(""));

        var closed = Assert.Single(_till.Facts.OfType<PeriodClosed>());
        Assert.Equal((1, Yuan(0), "wang.fang"), (closed.Period, closed.Difference, closed.By));
        Assert.Equal(["cash", "bank", "card", "biller mobile", "biller power", "receipts", "open"], closed.Lines.Select(line => line.Line));
        Assert.All(closed.Lines, line => Assert.True(line.Agrees, line.ToString()));
        Assert.Equal((2, Yuan(0), 2), (_till.State.Period, _till.State.Totals.Accepted, _till.State.LastReceipt));
    }

    [Theory]
    [InlineData(2, 50)]
    [InlineData(0, -50)]
    public void Over_and_short_are_said_and_need_a_reason(int notes, long difference)
    {
        Day().Count(new CashPile(5000, notes)).Must(new TakeCardTotals(1, Yuan(80), 17, 17), new StateBiller(Mobile, 2, Yuan(130)));
        if (notes > 0) _till.Must(new DepositCash("D-1", Yuan(50 * notes), "li.wei"));

        Assert.Equal(Yuan(difference), _till.Line("cash").Difference);
        Assert.Equal(Rejection.ReasonNeeded, _till.Do(Close("")).Refused);
        _till.Must(Close("counted twice, by two people"));
        Assert.Equal(Yuan(difference), _till.Facts.OfType<PeriodClosed>().Single().Difference);
    }

    [Fact]
    public void Report_at_any_time_changes_nothing_and_says_what_nobody_has_said_yet()
    {
        var before = Text(Day().State);

        Assert.Equal(Yuan(0), _till.Line("open").Difference);
        Assert.Null(_till.Line("card").Other);
        Assert.Equal(before, Text(_till.State));
    }

    [Fact]
    public void Period_is_not_closed_over_uncounted_cash_missing_totals_or_a_missing_slip()
    {
        Day();
        Assert.Equal(Rejection.CashNotCounted, _till.Do(Close("")).Refused);
        _till.Count(new CashPile(5000, 1));
        Assert.Equal(Rejection.CardNotTotalled, _till.Do(Close("")).Refused);
        _till.Must(new TakeCardTotals(1, Yuan(80), 17, 17));
        Assert.Equal(Rejection.BillerNotStated, _till.Do(Close("")).Refused);
        _till.Must(new StateBiller(Mobile, 2, Yuan(130)));
        Assert.Equal(Rejection.NothingDeposited, _till.Do(Close("")).Refused);
        Assert.Equal(Rejection.ReasonNeeded, _till.Do(Close("", "bank")).Refused);
        _till.Must(Close("the bank is closed today", "bank"));
    }

    [Fact]
    public void Payment_during_a_closing_has_to_end_first()
    {
        _till.Begin(PayMeans.Cash, 5);

        Assert.Equal(Rejection.PaymentUnderWay, _till.Do(Close("")).Refused);
    }

    [Fact]
    public void Ends_of_day_of_one_period_add_up_and_a_payment_behind_the_last_asks_for_another()
    {
        _till.PayByCard(80);
        _till.Must(new TakeCardTotals(1, Yuan(80), 17, 17));
        _till.PayByCard(20);

        Assert.Equal(Rejection.CardNotTotalled, _till.Do(Close("")).Refused);
        _till.Must(new TakeCardTotals(1, Yuan(20), 18, 18));
        Assert.True(_till.Line("card").Agrees);
        Assert.Equal(new CardTotalsOf(2, Yuan(100), 17, 18), _till.State.Totals.CardTerminal);
    }

    [Fact]
    public void Card_totals_that_hold_an_unknown_payment_are_explained_by_its_case_before_and_behind_the_closing()
    {
        _till.PayByCard(80);
        _till.Unknown(30);
        _till.Must(new TakeCardTotals(2, Yuan(110), 17, 18), new StateBiller(Mobile, 1, Yuan(80)));

        Assert.Equal((Yuan(30), Yuan(30), true), (_till.Line("card").Difference!.Value, _till.Line("card").Explained, _till.Line("card").Agrees));
        _till.Must(Close("one outcome is not known yet", "card"), new SettleCase(1, CaseOutcome.Credited, "the bank has it", "li.wei"), new TakeCardTotals(0, Yuan(0), 0, 0));

        Assert.Equal((Yuan(0), true), (_till.Line("card").Ledger, _till.Line("card").Agrees));
    }

    [Fact]
    public void Difference_of_the_card_terminal_that_is_no_unknown_payment_is_not_explained()
    {
        _till.PayByCard(80);
        _till.Unknown(30);
        _till.Must(new TakeCardTotals(2, Yuan(111), 17, 18));

        Assert.Equal((Yuan(31), Yuan(0), false), (_till.Line("card").Difference!.Value, _till.Line("card").Explained, _till.Line("card").Agrees));
    }

    [Fact]
    public void What_terminal_and_bank_had_not_told_at_the_closing_is_expected_in_the_next_period()
    {
        Day().Count(new CashPile(5000, 1)).Must(new StateBiller(Mobile, 2, Yuan(130)), Close("terminal and bank are away", "card", "bank"));
        _till.PayByCard(20);
        _till.Must(new TakeCardTotals(2, Yuan(100), 17, 18), new DepositCash("D-1", Yuan(50), "li.wei"));

        Assert.Equal((Yuan(100), 2, true), (_till.Line("card").Ledger, _till.Line("card").LedgerCount!.Value, _till.Line("card").Agrees));
        Assert.Equal((Yuan(50), true), (_till.Line("bank").Ledger, _till.Line("bank").Agrees));
    }

    [Fact]
    public void What_is_open_goes_on_into_the_next_period_and_numbers_run_on()
    {
        var id = _till.Begin(PayMeans.Cash, 50);
        _till.Insert(50).Must(new FinishCash(id), new HallCommand.PostLater(id));
        _till.Unknown(30);
        _till.Count(new CashPile(5000, 1)).Must(Close("left open", "card", "biller", "bank"));

        Assert.Equal(Yuan(50), _till.State.Totals.Opening);
        _till.Must(new SendPosting(id), new ConfirmPosting(id, "N-1"), new SettleCase(1, CaseOutcome.NothingHappened, "the bank has nothing", "li.wei"));
        _till.PayByCard(5);
        Assert.Equal((3, 1, Yuan(0)), (_till.State.LastReceipt, _till.State.LastCase, _till.State.UnderWay));
    }

    [Fact]
    public void Box_is_taken_out_once_however_often_the_device_says_so_and_an_empty_one_hides_no_other()
    {
        _till.Must(new RemoveCashBox(Notes));
        Assert.Equal(Rejection.CountedBefore, _till.Do(new RemoveCashBox(Notes)).Refused);
        _till.Must(new InsertCashBox(Notes));
        _till.PayInCash(50, 50);
        _till.Must(new RemoveCashBox(Notes)).Count(new CashPile(5000, 1));

        Assert.Equal((2, Yuan(50)), _till.Facts.OfType<CashCounted>().Select(fact => (fact.Batch, fact.Expected)).Single());
        Assert.Empty(_till.State.Box(Notes).Removed);
    }

    [Fact]
    public void Case_above_the_limit_needs_two_people_of_one_mind()
    {
        _till.Unknown(300);

        _till.Must(new SettleCase(1, CaseOutcome.Refunded, "the bank says so", "li.wei"));
        Assert.IsType<CaseProposed>(_till.News.Single());
        Assert.Equal(Rejection.SecondPersonNeeded, _till.Do(new SettleCase(1, CaseOutcome.Refunded, "really", "li.wei")).Refused);
        _till.Must(new SettleCase(1, CaseOutcome.Credited, "no: credited", "wang.fang"));
        Assert.IsType<CaseProposed>(_till.News.Single());
        _till.Must(new SettleCase(1, CaseOutcome.Credited, "yes, credited", "li.wei"));

        Assert.Equal((Yuan(300), Yuan(300)), (_till.State.Totals.Accepted, _till.State.Totals.Credited));
    }

    [Fact]
    public void Case_needs_a_reason_and_an_outcome_that_can_be()
    {
        var id = _till.Begin(PayMeans.Cash, 70);
        _till.Insert(50).Must(new StopPayment(id, "cancelled"));

        Assert.Equal(Rejection.ReasonNeeded, _till.Do(new SettleCase(1, CaseOutcome.Refunded, " x ", "li.wei")).Refused);
        Assert.Equal(Rejection.CaseOutcomeImpossible, _till.Do(new SettleCase(1, CaseOutcome.NothingHappened, "looked", "li.wei")).Refused);
        Assert.Equal(Rejection.CaseOutcomeImpossible, _till.Do(new SettleCase(1, CaseOutcome.TakenBack, "looked", "li.wei")).Refused);
        Assert.Equal(Rejection.AmountNotAllowed, _till.Do(new SettleCase(1, CaseOutcome.Refunded, "looked", "li.wei", Yuan(1))).Refused);
        Assert.Equal(Rejection.UnknownCase, _till.Do(new SettleCase(2, CaseOutcome.Refunded, "looked", "li.wei")).Refused);
    }

    [Fact]
    public void Void_receipt_keeps_its_number_and_the_new_one_tells_the_same_of_a_payment_long_concluded()
    {
        var id = _till.PayByCard(80);
        _till.Must(new VoidReceipt(1, "misprint", "li.wei"));

        Assert.Equal("misprint", _till.State.Receipts[1].VoidReason);
        Assert.Equal((Yuan(80), id, 2), (_till.State.Receipts[2].Amount, _till.State.Receipts[2].Of!.Id, _till.State.Receipts[2].Of!.Receipt!.Value));
        Assert.Equal(2, _till.State.Find(id)!.Receipt);
        Assert.True(_till.Line("receipts").Agrees);
        Assert.Equal(Rejection.ReceiptVoid, _till.Do(new PrintReceipt(1)).Refused);
        Assert.Equal(Rejection.ReasonNeeded, _till.Do(new VoidReceipt(2, "", "li.wei")).Refused);
    }

    [Fact]
    public void Everything_after_the_original_is_a_copy()
    {
        _till.PayByCard(80);
        _till.Must(new PrintReceipt(1), new SendReceipt(1, 0), new ReportReceipt(1, 0, SlipReport.Printed), new PrintReceipt(1));

        Assert.Equal([0, 0, 0, 1], _till.Facts.OfType<ReceiptPrinting>().Select(fact => fact.Copy));
    }

    [Fact]
    public void Only_a_closed_period_is_corrected_and_no_sum_changes_by_it()
    {
        Assert.Equal(Rejection.PeriodNotClosed, _till.Do(new CorrectLedger(1, "cash", Yuan(5), "found a coin", "li.wei")).Refused);
        _till.Must(Close(""));
        var before = Text(_till.State);

        _till.Must(new CorrectLedger(1, "cash", Yuan(5), "found a coin", "li.wei"));

        Assert.Equal(before, Text(_till.State));
        Assert.Equal(Rejection.ReasonNeeded, _till.Do(new CorrectLedger(1, "cash", Yuan(5), "", "li.wei")).Refused);
    }

    [Fact]
    public void Money_of_a_section_that_the_profile_no_longer_has_stays_in_the_settlement()
    {
        Day();
        var other = _till.State with { Site = _till.State.Site with { Cash = null, Card = null, Billers = [_till.State.Site.Billers[1]] } };

        Assert.Equal(["cash", "bank", "card", "biller power", "biller mobile", "receipts", "open"], Settlement.Lines(other).Select(line => line.Line));
    }

    private static ClosePeriod Close(string reason, params IReadOnlyList<string> without) => new(reason, "wang.fang", without);

    /// <summary>80 by card and 50 in cash.</summary>
    private Till Day()
    {
        _till.PayByCard(80);
        _till.PayInCash(50, 50);
        return _till;
    }
}
