using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Payments.Billers;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Ui.Tests.Support;

/// <summary>The payment desk, played by the test over the real rules of the ledger: it says what devices and biller would have said.</summary>
internal sealed class FakeDesk(MemoryIntake intake, HallFeed feed) : IPaymentDesk
{
    private static readonly CardFacts Card = new("52000001", 42, 17, "**** **** **** 4242", "Visa", "831000");
    private int _notes;

    public event Action? Changed;

    public PayOffer Now { get; private set; } = new(true, true, true, true);

    public PayOffer Offer
    {
        get
        {
            var ledger = feed.Latest.State.Ledger;
            return Now with { Open = Now.Open && ledger?.Current is null, Card = Now.Card && ledger?.CardDoubt is null, CardLocked = ledger?.CardDoubt is not null, Finishing = Now.Finishing || ledger?.Current is not null };
        }
    }

    public int? CardShowing { get; private set; }

    /// <summary>Full accounts that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Set to hold the biller's answer back.</summary>
    public TaskCompletionSource<LookUpAnswer>? Slow { get; set; }

    public List<string> Cancelled { get; } = [];

    public int Begun { get; private set; }

    public Money Due { get; set; } = DemoPayments.Yuan(8_650);

    private LedgerState Ledger => feed.Latest.State.Ledger!;

    public PaymentId Current => Ledger.Current!.Value;

    public void Set(PayOffer offer)
    {
        Now = offer;
        Changed?.Invoke();
    }

    public void Show(int? code)
    {
        CardShowing = code;
        Changed?.Invoke();
    }

    public Task<LookUpAnswer> LookUpAsync(string biller, string account, CancellationToken cancel)
    {
        lock (Asked) Asked.Add(account);
        if (Slow is { } slow) return slow.Task.WaitAsync(cancel);
        return Task.FromResult(Known(account));
    }

    public LookUpAnswer Known(string account) => account switch
    {
        DemoPayments.GoodAccount or DemoPayments.GoodLuhn => new LookUpAnswer.Found(new("bill-7f3a", "•••• " + account[^4..], "王*明", Due, DemoPayments.Yuan(100), DemoPayments.Yuan(200_000))),
        "13800000000" => new LookUpAnswer.Unavailable("no answer"),
        _ => new LookUpAnswer.NoSuchAccount(),
    };

    public Task<Rejection?> BeginAsync(BeginPayment wanted, CancellationToken cancel)
    {
        Begun++;
        return AskAsync(wanted);
    }

    public Task<Rejection?> CancelAsync(PaymentId payment, string why, CancellationToken cancel)
    {
        lock (Cancelled) Cancelled.Add(why);
        if (Ledger.Find(payment) is { CardPhase: CardPhase.Sending }) return AskAsync(new ReportCardNotPaid(payment, "Aborted", "6C"));
        return AskAsync(new StopPayment(payment, why));
    }

    public Task<Rejection?> FinishCashAsync(PaymentId payment, CancellationToken cancel) => AskAsync(new FinishCash(payment));

    public Task<Rejection?> PrintAsync(int receipt, CancellationToken cancel) => AskAsync(new PrintReceipt(receipt));

    public void CardGoesOut() => intake.Do(new SendCard(Current));

    public void CardAuthorised() => intake.Do(new ReportAuthorised(Current, Card));

    public void BillerConfirms(PaymentId payment)
    {
        intake.Do(new SendPosting(payment));
        intake.Do(new ConfirmPosting(payment, "M-20260105-0042"));
    }

    public void CardPaid(PaymentId payment) => intake.Do(new ReportCardPaid(payment, Card));

    public void CardDeclined() => intake.Do(new ReportCardNotPaid(Current, "Declined", "05"));

    public void CardUnknown() => intake.Do(new ReportCardUnknown(Current, "the terminal went silent"));

    public void OpenCase(PaymentId payment) => intake.Do(new OpenCardCase(payment, "the card terminal does not answer"));

    public void NoteWaits(long minor) => intake.Do(new EscrowCash("notes", DemoPayments.Yuan(minor)));

    public void NoteTaken(long minor) => intake.Do(new CreditCash("notes", DemoPayments.Yuan(minor), $"n{++_notes}"));

    public void Put(long minor)
    {
        NoteWaits(minor);
        NoteTaken(minor);
    }

    public void Print(int receipt, SlipReport report)
    {
        var known = Ledger.Receipts[receipt];
        if (known.Phase is null) intake.Do(new PrintReceipt(receipt));
        intake.Do(new SendReceipt(receipt, Ledger.Receipts[receipt].Copy));
        intake.Do(new ReportReceipt(receipt, Ledger.Receipts[receipt].Copy, report));
    }

    private async Task<Rejection?> AskAsync(HallCommand command) => (await intake.AskAsync(Request.Once("desk", command), CancellationToken.None)).Rejection;
}
