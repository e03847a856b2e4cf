using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using static Kiosk.Firmware.Web.Screens.Dialogue.KioskInput;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>How one step of paying follows another. Pure: what must be done beside it (look up, begin, stop) is done by <see cref="PayErrands"/>.</summary>
internal static class PayFlow
{
    public static KioskDialogue After(KioskDialogue now, OfPay input, DateTimeOffset at, string nextStep)
    {
        if (input is PayKey key && key.Step != now.Step) return now;

        KioskDialogue Go(PayStep? step, string? notice = null) => now.Touched(at) with { Pay = step, Step = nextStep, Notice = notice, Fresh = false };
        KioskDialogue Stay(PayStep step, string? notice = null) => now.Touched(at) with { Pay = step, Notice = notice };
        return (now.Pay, input) switch
        {
            (null, PayChosen) when now is { Ticket: null, Code: null, Asked: null } => Go(new PayStep.Billers()),
            (PayStep.Billers, BillerChosen chosen) => Go(new PayStep.Account(chosen.Biller, "")),
            (PayStep.Account account, AccountDigit typed) when account.Digits.Length == typed.Place && typed.Place < typed.How.Longest() => Stay(account with { Digits = account.Digits + typed.Digit }),
            (PayStep.Account account, PayErased erased) when account.Digits.Length == erased.Place && erased.Place > 0 => Stay(account with { Digits = account.Digits[..^1] }),
            (PayStep.Account account, AccountGiven given) => Given(account, given.How, Go, Stay),
            (PayStep.LookingUp looking, BillFound found) when found.Step == now.Step => Go(new PayStep.Amount(looking.Biller, found.Bill)),
            (PayStep.LookingUp looking, AccountUnknown unknown) when unknown.Step == now.Step => Go(new PayStep.Account(looking.Biller, ""), "pay.account.unknown"),
            (PayStep.LookingUp looking, BillerAway away) when away.Step == now.Step => Go(new PayStep.Away(looking.Biller)),
            (PayStep.Amount amount, AmountChosen chosen) => Go(new PayStep.Means(amount.Biller, amount.Bill, chosen.Sum, ByHand: false)),
            (PayStep.Amount amount, OtherAmount) => Go(new PayStep.Typing(amount.Biller, amount.Bill, "")),
            (PayStep.Typing typing, AmountSign sign) when typing.Typed.Length == sign.Place => Stay(typing with { Typed = TypedAmount.With(typing.Typed, sign.Sign, sign.Currency) }),
            (PayStep.Typing typing, PayErased erased) when typing.Typed.Length == erased.Place && erased.Place > 0 => Stay(typing with { Typed = typing.Typed[..^1] }),
            (PayStep.Typing typing, AmountChosen chosen) => Go(new PayStep.Means(typing.Biller, typing.Bill, chosen.Sum, ByHand: true)),
            (PayStep.Means means, MeansChosen chosen) => Go(new PayStep.Beginning(means, chosen.By, chosen.Id)),
            (PayStep step, PayBack) => Back(step) is { } before ? Go(before) : now,
            (PayStep step, PayGivenUp) when step.MayLeave => Go(null),
            (PayStep.Beginning beginning, PaymentBegun begun) when begun.Id == beginning.Id => Go(new PayStep.Paying(begun.Id, beginning.By, new(PayStage.Starting, 0))),
            (PayStep.Beginning beginning, PaymentRefused refused) when refused.Id == beginning.Id => Go(beginning.Chosen, refused.Notice),
            (PayStep.Paying paying, _) => Paying(now, paying, input, at, nextStep, Go, Stay),
            _ => now,
        };
    }

    /// <summary>Nobody answered the warning: what was not begun is forgotten, what was begun is stopped by the desk.</summary>
    public static KioskDialogue? TimedOut(KioskDialogue now) =>
        now.Pay is PayStep.Paying { MayLeave: false } paying ? now with { Pay = paying with { Stopping = true, TimedOut = true, Asking = false }, WarnUntil = null } : null;

    private static KioskDialogue Given(PayStep.Account account, AccountProfile how, Func<PayStep, string?, KioskDialogue> go, Func<PayStep, string?, KioskDialogue> stay)
    {
        if (!how.HasLength(account.Digits)) return stay(account, null);
        return how.ChecksOut(account.Digits) ? go(new PayStep.LookingUp(account.Biller, account.Digits), null) : go(account, "pay.account.check");
    }

    private static PayStep? Back(PayStep step) => step switch
    {
        PayStep.Account => new PayStep.Billers(),
        PayStep.Away => new PayStep.Billers(),
        PayStep.Amount amount => new PayStep.Account(amount.Biller, ""),
        PayStep.Typing typing => new PayStep.Amount(typing.Biller, typing.Bill),
        PayStep.Means { ByHand: true } means => new PayStep.Typing(means.Biller, means.Bill, ""),
        PayStep.Means means => new PayStep.Amount(means.Biller, means.Bill),
        _ => null,
    };

    private static KioskDialogue Paying(
        KioskDialogue now, PayStep.Paying paying, OfPay input, DateTimeOffset at, string nextStep, Func<PayStep, string?, KioskDialogue> go, Func<PayStep, string?, KioskDialogue> stay) => input switch
    {
        PaymentMoved moved when moved.Id == paying.Id && moved.Progress != paying.Progress => Moved(now, paying, moved.Progress, at, nextStep, go, stay),
        DeskRefused refused when refused.Id == paying.Id => stay(paying with { Stopping = false, TimedOut = false, Finishing = false }, refused.Notice),
        StopChosen when paying is { Stopping: false, Progress: { Stage: PayStage.Cash, Accepted: > 0 } } => go(paying with { Asking = true }, null),
        StopChosen when paying is { Stopping: false, Progress.Stage: PayStage.Cash or PayStage.Card } => go(paying with { Stopping = true }, null),
        StopMeant when paying is { Asking: true, Stopping: false, Progress.Stage: PayStage.Cash } => go(paying with { Asking = false, Stopping = true }, null),
        StopTakenBack when paying.Asking => go(paying with { Asking = false }, null),
        FinishChosen when paying is { Stopping: false, Finishing: false, Progress.Stage: PayStage.Cash } => go(paying with { Asking = false, Finishing = true }, null),
        _ => now,
    };

    private static KioskDialogue Moved(
        KioskDialogue now, PayStep.Paying paying, PayProgress progress, DateTimeOffset at, string nextStep, Func<PayStep, string?, KioskDialogue> go, Func<PayStep, string?, KioskDialogue> stay)
    {
        // A note more: the keys stay what they were, so that a press which is on its way is not lost.
        if (progress.Stage == paying.Progress.Stage) return stay(paying with { Progress = progress }, now.Notice);

        // The customer had left, and left nothing behind: the next one need not see it.
        if (progress is { Stage: PayStage.Over, Accepted: 0 } && paying.TimedOut) return now.Cleared(at, nextStep);
        return go(paying with { Progress = progress, Asking = false, Stopping = false, Finishing = false }, null);
    }
}
