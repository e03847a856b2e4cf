using System.Globalization;
using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt.Emulation;

/// <summary>One authorisation, from the terminal's side.</summary>
internal sealed partial class ZvtMachine
{
    /// <summary>What the terminal waits for: a card, and between two repeats of its status.</summary>
    private static readonly TimeSpan CardPatience = TimeSpan.FromSeconds(60), RepeatPause = TimeSpan.FromSeconds(2);

    /// <summary>What a tip would make of the amount.</summary>
    private const long Tip = 100;

    private const byte InsertCard = 0x0A, PleaseWait = 0x0E, DeclinedByBank = 0x05;

    private Payment? _payment;

    /// <summary>A card is put in, or held to the reader.</summary>
    public void Present(EmulatedCard card)
    {
        Card = card;
        if (_payment is not { Asking: true } payment) return;
        payment.Asking = false;
        StopTimer();
        Display = "PLEASE WAIT";
        Tell(Apdu.Of(Intermediate, PleaseWait), () => Decide(payment, card));
    }

    public void RemoveCard() => Card = null;

    /// <summary>The customer presses the red key: only while a card is asked for.</summary>
    public void PressAbort()
    {
        if (_payment is not { Asking: true } payment) return;
        payment.Asking = false;
        StopTimer();
        Display = "ABORTED";
        Abort(ZvtResult.Aborted);
    }

    private void Pay(byte[] data)
    {
        if (BmpReader.Read(data) is not { } fields || !fields.TryGetValue(BmpAmount, out var packed) || Bcd.Read(packed) is not { } minor) Refuse(0x9A);
        else if (EndOfDayDue) Refuse(ZvtResult.EndOfDayDue);
        else
        {
            _payment = new Payment(minor, fields.TryGetValue(BmpMostStatuses, out var most) ? most[0] : int.MaxValue);
            Accept(Amount(minor), () => Tell(Apdu.Of(Intermediate, InsertCard), AskForCard));
        }
    }

    private void AskForCard()
    {
        var payment = _payment!;
        payment.Asking = true;
        Display = $"{Amount(payment.Minor)} INSERT CARD";
        if (Card is { } inserted) Present(inserted);
        else if (Auto is { } delay) After(delay, () => Present(new EmulatedCard("girocard", 4242, CardResult.Ok)));
        else After(CardPatience, PressAbort);
    }

    private void AbortAsked()
    {
        if (_payment is { Asking: true } && !RefusesAbort)
        {
            say(Yes);
            PressAbort();
        }
        else Refuse(Idle ? ZvtResult.NotPossible : RefusesAbort ? ZvtResult.NotPossible : ZvtResult.Busy);
    }

    private void Decide(Payment payment, EmulatedCard card)
    {
        if (Auto is not null) Card = null;
        if (card.Result == CardResult.Declined)
        {
            Display = "DECLINED";
            Tell(StatusWriter.Result(DeclinedByBank), () => Abort(DeclinedByBank));
            return;
        }

        payment.Status = Books.Hold(payment.Minor + (card.Result == CardResult.OtherAmount ? Tip : 0), card);
        Report(payment);
    }

    private void Report(Payment payment) => Ask(_writer.Status(payment.Status!, ZvtResult.Done), answer =>
    {
        if (answer.Positive) Commit(payment);
        else if (answer.Command == Wait && payment.Repeats++ < payment.MostRepeats) After(RepeatPause, () => Report(payment));
        else TakeBack(payment);
    });

    /// <summary>Where the host prints, its answer to the receipt is a part of the commitment.</summary>
    private void Commit(Payment payment)
    {
        Display = "PAYMENT DONE";
        if (!SendsReceipts)
        {
            Books.Book();
            Complete([]);
            return;
        }

        var receipt = StatusWriter.Receipt(payment.Status!);
        Tell(_blocks ? receipt : Apdu.Of(PrintLine, [0, .. ReceiptText.Write("KARTENZAHLUNG")]), () =>
        {
            Books.Book();
            Complete([]);
        });
    }

    private void TakeBack(Payment payment)
    {
        Books.TakeBackHeld();
        Display = "NOT PAID";
        Tell(_writer.Status(payment.Status!, ZvtResult.Aborted), () => Abort(ZvtResult.Aborted));
    }

    private string Amount(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100m:0.00} {options.Currency}");

    /// <param name="MostRepeats">BMP 02.</param>
    private sealed record Payment(long Minor, int MostRepeats)
    {
        /// <summary>A card is asked for, and none is there.</summary>
        public bool Asking { get; set; }

        public int Repeats { get; set; }

        public LastStatus? Status { get; set; }
    }
}
