using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Tests.Payments.Tills;

namespace Kiosk.Domain.Tests.Payments;

public sealed class CardPaymentTests
{
    private readonly Till _till = new();

    [Fact]
    public void Card_is_charged_after_the_biller_has_confirmed_and_the_receipt_is_due_with_it()
    {
        var id = _till.PayByCard(80);

        Assert.Equal(
            [
                nameof(PaymentBegun), nameof(CardSending), nameof(CardAuthorised), nameof(PostingQueued), nameof(PostingSending), nameof(PostingConfirmed),
                nameof(CardCommitting), nameof(CardPaid), nameof(ReceiptIssued), nameof(PaymentEnded),
            ],
            _till.Facts.Select(fact => fact.GetType().Name));
        Assert.Equal((Yuan(80), Yuan(80), Yuan(0)), (_till.State.Totals.Accepted, _till.State.Totals.Credited, _till.State.UnderWay));
        Assert.Equal((PaymentEnd.Paid, 1), (_till.State.Find(id)!.End!.Value, _till.State.Find(id)!.Receipt!.Value));
        Assert.Empty(_till.State.Payments);
    }

    [Fact]
    public void Biller_that_refuses_in_the_hold_has_the_card_reversed_and_nobody_lost_anything()
    {
        var id = _till.Authorise(80);
        _till.Must(new SendPosting(id), new RefusePosting(id, "account-closed"));

        Assert.Equal(Rejection.PaymentElsewhere, _till.Do(new DecideCard(id, true, "")).Refused);
        _till.Must(new DecideCard(id, false, "the biller refused"), new ReportCardReversed(id));

        Assert.Equal(PaymentEnd.NotPaid, _till.State.Find(id)!.End);
        Assert.Equal((0, 0, Yuan(0)), (_till.State.LastReceipt, _till.State.LastCase, _till.State.Totals.Accepted));
    }

    [Fact]
    public void Biller_that_is_away_is_posted_to_later_where_the_hall_says_so()
    {
        var till = new Till(Tills.Site(postLater: true));
        var id = till.Authorise(80);
        till.Must(new SendPosting(id), new DecideCard(id, true, "no answer in time"), new ReportCardPaid(id, Card));

        Assert.Equal(Yuan(80), till.State.UnderWay);
        Assert.Equal((PaymentEnd.Paid, PostingPhase.Sending), (till.State.Payments[id].End!.Value, till.State.Payments[id].Posting));
        till.Must(new ConfirmPosting(id, "N-1"));
        Assert.Equal((Yuan(80), Yuan(0)), (till.State.Totals.Credited, till.State.UnderWay));
    }

    [Fact]
    public void Biller_that_is_away_is_not_trusted_where_the_hall_does_not_say_so()
    {
        var id = _till.Authorise(80);
        _till.Must(new SendPosting(id));

        Assert.Equal(Rejection.PaymentElsewhere, _till.Do(new DecideCard(id, true, "no answer in time")).Refused);
        _till.Must(new DecideCard(id, false, "no answer in time"), new ReportCardReversed(id), new EndWithdrawal(id, true));

        Assert.Empty(_till.State.Payments);
        Assert.Equal((Yuan(0), Yuan(0)), (_till.State.Totals.Accepted, _till.State.Totals.Credited));
    }

    [Fact]
    public void Late_refusal_of_a_card_that_is_charged_opens_a_case_for_the_refund()
    {
        var till = new Till(Tills.Site(postLater: true));
        var id = till.Authorise(80);
        till.Must(new SendPosting(id), new DecideCard(id, true, ""), new ReportCardPaid(id, Card), new RefusePosting(id, "account-closed"));

        Assert.Equal((CaseKind.BillerRefused, Yuan(80)), (till.State.Cases[1].Kind, till.State.Cases[1].Amount));
        till.Must(new SettleCase(1, CaseOutcome.Refunded, "refunded to the card", "li.wei"));
        Assert.Equal(Yuan(80), till.State.Totals.Returned);
    }

    [Fact]
    public void Unknown_outcome_locks_cards_and_not_cash_until_its_case_is_settled()
    {
        _till.Unknown(80);

        Assert.Equal(Rejection.CardLocked, _till.Do(new BeginPayment(new("x"), Mobile, "b", "", "", Yuan(5), Yuan(5), PayMeans.Card, "en")).Refused);
        _till.PayInCash(5, 5);
        Assert.Equal((ReceiptKind.Claim, Yuan(0), 1), _till.Facts.OfType<ReceiptIssued>().Select(fact => (fact.Kind, fact.Amount, fact.Case!.Value)).First());

        _till.Must(new SettleCase(1, CaseOutcome.NothingHappened, "the bank has nothing", "li.wei"));
        _till.PayByCard(5);
    }

    [Theory]
    [InlineData(CaseOutcome.Credited, 80, 80, 0)]
    [InlineData(CaseOutcome.Refunded, 80, 0, 80)]
    [InlineData(CaseOutcome.NothingHappened, 0, 0, 0)]
    public void Case_of_an_unknown_card_is_settled_as_people_found_it(CaseOutcome outcome, long accepted, long credited, long returned)
    {
        _till.Unknown(80);

        _till.Must(new SettleCase(1, outcome, "asked the bank", "li.wei"));

        Assert.Equal((Yuan(accepted), Yuan(credited), Yuan(returned)), (_till.State.Totals.Accepted, _till.State.Totals.Credited, _till.State.Totals.Returned));
        Assert.Equal((accepted > 0 ? 1 : 0, Yuan(accepted)), (_till.State.Totals.CardCount, _till.State.Totals.CardAccepted));
        Assert.Empty(_till.State.Payments);
        Assert.Empty(_till.State.Cases);
    }

    [Fact]
    public void Terminal_that_remembers_a_payment_after_its_case_was_opened_does_not_count_it_beside_the_people()
    {
        var id = _till.Unknown(80);

        Assert.Equal(Rejection.PaymentElsewhere, _till.Do(new ReportCardPaid(id, Card)).Refused);
        _till.Must(new SettleCase(1, CaseOutcome.Credited, "the terminal has it", "li.wei"));

        Assert.Equal(Yuan(80), _till.State.Totals.Accepted);
        Assert.Equal(Rejection.UnknownPayment, _till.Do(new ReportCardPaid(id, Card)).Refused);
    }

    [Fact]
    public void Posting_that_waits_behind_an_unknown_card_is_withdrawn_with_its_case_and_credited_by_people_only()
    {
        var id = _till.Authorise(80);
        _till.Must(new SendPosting(id), new ReportCardUnknown(id, "link lost"), new OpenCardCase(id, "no answer"));

        Assert.Equal(Rejection.PaymentElsewhere, _till.Do(new ConfirmPosting(id, "N-1")).Refused);
        _till.Must(new EndWithdrawal(id, true), new SettleCase(1, CaseOutcome.Credited, "credited by hand", "li.wei"));

        Assert.Equal((Yuan(80), Yuan(80)), (_till.State.Totals.Accepted, _till.State.Totals.Credited));
        Assert.Empty(_till.State.Payments);
    }

    [Fact]
    public void Nothing_is_posted_while_nobody_knows_whether_the_card_is_charged()
    {
        var id = _till.Authorise(80);
        _till.Must(new ReportCardUnknown(id, "link lost"));

        Assert.Equal(Rejection.PaymentElsewhere, _till.Do(new SendPosting(id)).Refused);
    }

    [Fact]
    public void Credit_of_an_unknown_card_that_was_confirmed_is_in_its_case_and_paid_or_taken_back()
    {
        var id = _till.Authorise(80);
        _till.Must(new SendPosting(id), new ConfirmPosting(id, "N-1"), new ReportCardUnknown(id, "link lost"), new OpenCardCase(id, "no answer"));

        Assert.Equal((Yuan(-80), Yuan(80)), (_till.State.Cases[1].Amount, _till.State.Cases[1].InDoubt));
        Assert.Equal(Rejection.CaseOutcomeImpossible, _till.Do(new SettleCase(1, CaseOutcome.NothingHappened, "the bank has nothing", "li.wei")).Refused);
        Assert.Equal(Rejection.CaseOutcomeImpossible, _till.Do(new SettleCase(1, CaseOutcome.Refunded, "refunded", "li.wei")).Refused);
        _till.Must(new SettleCase(1, CaseOutcome.TakenBack, "the biller took it back", "li.wei"));

        Assert.Equal((Yuan(0), Yuan(0)), (_till.State.Totals.Accepted, _till.State.Totals.Credited));
        Assert.Equal(new CountedSum(0, Yuan(0)), _till.State.Totals.Confirmed[Mobile]);
    }

    [Fact]
    public void Credit_that_the_biller_keeps_although_the_card_was_not_charged_is_a_case_below_zero()
    {
        var id = _till.Authorise(80);
        _till.Must(new SendPosting(id), new DecideCard(id, false, "no answer in time"), new ReportCardReversed(id), new EndWithdrawal(id, false, "N-1"));

        Assert.Equal((CaseKind.CreditedNotPaid, Yuan(-80)), (_till.State.Cases[1].Kind, _till.State.Cases[1].Amount));
        Assert.Equal(("N-1", Yuan(80)), _till.Facts.OfType<PostingConfirmed>().Select(fact => (fact.Number, fact.Amount)).Single());
        _till.Must(new SettleCase(1, CaseOutcome.Credited, "paid at the counter", "li.wei"));
        Assert.Equal((Yuan(80), Yuan(80), Yuan(0)), (_till.State.Totals.Accepted, _till.State.Totals.Credited, _till.State.Totals.CashAccepted));
    }

    [Fact]
    public void Credit_that_is_kept_while_the_card_is_unknown_is_well_where_the_card_was_charged_after_all()
    {
        var id = _till.Authorise(80);
        _till.Must(new SendPosting(id), new DecideCard(id, false, "no answer in time"), new ReportCardUnknown(id, "link lost"), new EndWithdrawal(id, false, "N-1"));

        _till.Must(new ReportCardPaid(id, Card));

        Assert.Empty(_till.State.Cases);
        Assert.Equal((Yuan(80), Yuan(80), Yuan(0)), (_till.State.Totals.Accepted, _till.State.Totals.Credited, _till.State.UnderWay));
    }

    [Fact]
    public void Card_that_was_charged_although_its_posting_was_withdrawn_gets_a_claim_slip()
    {
        var id = _till.Authorise(80);
        _till.Must(new DecideCard(id, false, "no answer"), new ReportCardUnknown(id, "link lost"), new EndWithdrawal(id, true), new ReportCardPaid(id, Card));

        Assert.Equal((CaseKind.BillerRefused, Yuan(80)), (_till.State.Cases[1].Kind, _till.State.Cases[1].Amount));
        Assert.Equal((ReceiptKind.Claim, Yuan(80)), (_till.State.Receipts[1].Kind, _till.State.Receipts[1].Amount));
    }

    [Fact]
    public void Authorisation_is_never_sent_twice_and_never_again_under_the_same_id()
    {
        var id = _till.Begin(PayMeans.Card, 80);
        _till.Must(new SendCard(id));

        Assert.Equal(Rejection.PaymentElsewhere, _till.Do(new SendCard(id)).Refused);
        _till.Must(new ReportCardNotPaid(id, "Declined", "6C"));
        Assert.Equal(Rejection.PaymentElsewhere, _till.Do(new BeginPayment(id, Mobile, "b", "", "", Yuan(5), Yuan(5), PayMeans.Card, "en")).Refused);
    }
}
