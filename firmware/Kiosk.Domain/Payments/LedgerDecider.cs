using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>The rules of money. Pure. Money accepted = credited + returned + held by named cases + of the payments under way, after every entry.</summary>
public static class LedgerDecider
{
    /// <param name="ledger">Null: the hall has no self-service terminal.</param>
    public static Decision Decide(LedgerState? ledger, LedgerCommand command)
    {
        if (ledger is null) return NoPayments;
        return command switch
        {
            BeginPayment begin => PaymentRules.Begin(ledger, begin),
            StopPayment stop => PaymentRules.Stop(ledger, stop),
            SendCard or ReportAuthorised or DecideCard or ReportCardPaid or ReportCardNotPaid or ReportCardReversed or ReportCardUnknown or OpenCardCase or KeepCardLines =>
                CardRules.Decide(ledger, command),
            EscrowCash or CreditCash or MarkCash or ReturnCash or DoubtCash or RemoveCashBox or InsertCashBox or FinishCash => CashRules.Decide(ledger, command),
            SendPosting or ConfirmPosting or RefusePosting or EndWithdrawal or HallCommand.PostLater => PostingRules.Decide(ledger, command),
            PrintReceipt or SendReceipt or ReportReceipt or VoidReceipt => ReceiptRules.Decide(ledger, command),
            SettleCase settle => CaseRules.Settle(ledger, settle),
            CountCash or TakeCardTotals or StateBiller or DepositCash or ClosePeriod or CorrectLedger => PeriodRules.Decide(ledger, command),
            _ => throw new UnreachableException(),
        };
    }
}
