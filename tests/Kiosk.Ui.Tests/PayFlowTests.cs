using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Web.Screens.Dialogue;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;
using Kiosk.Ui.Tests.Support;
using static Kiosk.Firmware.Web.Screens.Dialogue.KioskInput;

namespace Kiosk.Ui.Tests;

public sealed class PayFlowTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly KioskDialogue Rest = new("zh-CN", "step-0", Start);
    private static readonly PaymentId Id = new("0123456789ab");
    private static readonly Bill Bill = new("bill-1", "•••• 5678", "王*明", DemoPayments.Yuan(8_650), DemoPayments.Yuan(100), DemoPayments.Yuan(200_000));

    private int _step;

    [Fact]
    public void Full_account_is_gone_with_the_answer_of_the_biller()
    {
        var looking = Typed(DemoPayments.GoodAccount);
        Assert.Equal(DemoPayments.GoodAccount, Assert.IsType<PayStep.LookingUp>(looking.Pay).Digits);

        foreach (var answer in new KioskInput[] { new BillFound(looking.Step, Bill), new AccountUnknown(looking.Step), new BillerAway(looking.Step), new PayGivenUp(looking.Step), new Left() })
            Assert.DoesNotContain(DemoPayments.GoodAccount, Everything(Do(looking, answer)), StringComparison.Ordinal);
    }

    [Fact]
    public void Account_is_in_no_text_that_a_log_could_keep() =>
        Assert.DoesNotContain("1381234", Typed(DemoPayments.GoodAccount).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Answer_of_an_earlier_look_up_changes_nothing()
    {
        var looking = Typed(DemoPayments.GoodAccount);
        var left = Do(looking, new PayGivenUp(looking.Step));

        Assert.Same(left, Do(left, new BillFound(looking.Step, Bill)));
    }

    [Theory]
    [InlineData(DemoPayments.GoodLuhn, true)]
    [InlineData("79927398710", false)]
    [InlineData("79927398731", false)]
    public void Slip_of_the_finger_is_found_by_the_check_digit(string digits, bool good)
    {
        var given = Typed(digits, "broadband", DemoPayments.Site.Billers[1].Account);

        Assert.Equal(good, given.Pay is PayStep.LookingUp);
        Assert.Equal(good ? null : "pay.account.check", given.Notice);
    }

    [Fact]
    public void Key_that_arrives_twice_types_one_digit()
    {
        var account = Do(Do(Do(Rest, new PayChosen(Rest.Step)), s => new BillerChosen(s, "mobile")), s => new AccountDigit(s, '1', 0, Mobile));

        Assert.Same(account, account.After(new AccountDigit(account.Step, '1', 0, Mobile), Start, "x"));
    }

    [Fact]
    public void Two_presses_of_one_step_begin_one_payment()
    {
        var means = Means();
        var first = Do(means, new MeansChosen(means.Step, PayMeans.Card, Id));

        Assert.Equal(Id, Assert.IsType<PayStep.Beginning>(first.Pay).Id);
        Assert.Same(first, Do(first, new MeansChosen(means.Step, PayMeans.Cash, new("other0000000"))));
    }

    [Fact]
    public void Payment_that_was_begun_cannot_be_walked_away_from()
    {
        var paying = Paying(PayMeans.Cash, new(PayStage.Cash, 5_000));

        Assert.Same(paying, Do(paying, new Left()));
        Assert.Same(paying, Do(paying, new PayGivenUp(paying.Step)));
        Assert.Same(paying, Do(paying, new PayBack(paying.Step)));
    }

    [Fact]
    public void Card_terminal_has_its_own_time()
    {
        var paying = Paying(PayMeans.Card, new(PayStage.Card, 0));

        Assert.Same(paying, paying.After(new TimePassed(), Start.AddMinutes(10), "x"));
    }

    [Fact]
    public void Cash_that_nobody_goes_on_with_is_warned_of_and_then_stopped_and_the_claim_shown()
    {
        var paying = Paying(PayMeans.Cash, new(PayStage.Cash, 5_000));
        var warned = paying.After(new TimePassed(), Start.AddSeconds(30), "x");
        Assert.NotNull(warned.WarnUntil);
        var stopped = warned.After(new TimePassed(), Start.AddSeconds(50), "x");
        Assert.True(Assert.IsType<PayStep.Paying>(stopped.Pay).Stopping);

        var over = Do(stopped, new PaymentMoved(Id, new(PayStage.Over, 5_000)));
        Assert.IsType<PayStep.Paying>(over.Pay);
        Assert.Null(Do(stopped, new PaymentMoved(Id, new(PayStage.Over, 0))).Pay);
    }

    [Fact]
    public void Note_restarts_the_idle_time_and_takes_the_warning_away()
    {
        var warned = Paying(PayMeans.Cash, new(PayStage.Cash, 0)).After(new TimePassed(), Start.AddSeconds(30), "x");
        var noted = warned.After(new PaymentMoved(Id, new(PayStage.Cash, 5_000)), Start.AddSeconds(40), "x");

        Assert.Null(noted.WarnUntil);
        Assert.Equal(Start.AddSeconds(40), noted.TouchedAt);
    }

    [Fact]
    public void Stopping_with_money_inside_is_asked_once_more()
    {
        var paying = Paying(PayMeans.Cash, new(PayStage.Cash, 5_000));
        var asked = Do(paying, new StopChosen(paying.Step));

        Assert.True(Assert.IsType<PayStep.Paying>(asked.Pay) is { Asking: true, Stopping: false });
        Assert.True(Assert.IsType<PayStep.Paying>(Do(asked, s => new StopMeant(s)).Pay).Stopping);
        Assert.True(Assert.IsType<PayStep.Paying>(Do(asked, s => new StopTakenBack(s)).Pay) is { Asking: false, Stopping: false });
    }

    [Theory]
    [InlineData("86.5", 8_650L)]
    [InlineData("0.05", 5L)]
    [InlineData("120", 12_000L)]
    [InlineData("0.", null)]
    [InlineData("", null)]
    public void Typed_amount_is_read_in_the_smallest_unit(string typed, long? minor) => Assert.Equal(minor, TypedAmount.Read(typed, "CNY")?.Minor);

    [Fact]
    public void Keys_type_no_amount_that_does_not_exist()
    {
        Assert.Equal("8.65", "8.650".Aggregate("", (typed, sign) => TypedAmount.With(typed, sign, "CNY")));
        Assert.Equal("5", TypedAmount.With(TypedAmount.With("", '0', "CNY"), '5', "CNY"));
        Assert.Equal("12", TypedAmount.With("12", '.', "JPY"));
        Assert.Equal("999999", TypedAmount.With("999999", '9', "CNY"));
    }

    [Fact]
    public void Every_sentence_for_the_card_terminal_is_there() =>
        Assert.All(Enumerable.Range(0, 256).Select(code => CardShows.Sentence(code)).Append(CardShows.Sentence(null)), key => Assert.Contains(key, Phrases.In("zh-TW").Keys));

    private static AccountProfile Mobile => DemoPayments.Site.Billers[0].Account;

    private KioskDialogue Do(KioskDialogue now, KioskInput input) => now.After(input, Start, $"step-{++_step}");

    private KioskDialogue Do(KioskDialogue now, Func<string, KioskInput> input) => Do(now, input(now.Step));

    private KioskDialogue Typed(string digits, string biller = "mobile", AccountProfile? how = null)
    {
        var now = Do(Do(Rest, new PayChosen(Rest.Step)), s => new BillerChosen(s, biller));
        foreach (var (place, digit) in digits.Index()) now = Do(now, s => new AccountDigit(s, digit, place, how ?? Mobile));
        return Do(now, s => new AccountGiven(s, how ?? Mobile));
    }

    private KioskDialogue Means() => Do(Do(Typed(DemoPayments.GoodAccount), s => new BillFound(s, Bill)), s => new AmountChosen(s, Bill.Due));

    private KioskDialogue Paying(PayMeans by, PayProgress progress)
    {
        var begun = Do(Do(Means(), s => new MeansChosen(s, by, Id)), new PaymentBegun(Id));
        return Do(begun, new PaymentMoved(Id, progress));
    }

    // Also what ToString() leaves out.
    private static string Everything(KioskDialogue dialogue) => dialogue.Pay switch
    {
        PayStep.Account account => account.Digits,
        PayStep.LookingUp looking => looking.Digits,
        _ => dialogue.ToString(),
    };
}
