using System.Text;
using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>From a biller's answer to a bill that may be shown and kept: in it no account, and nothing that a screen cannot show.</summary>
internal static class BillReading
{
    private const int LongestReference = 64, LongestName = 40, Shown = 4;

    /// <summary>More than anybody owes; beyond it sums could overflow.</summary>
    private const long FarthestDue = 100_000_000_000;

    public static LookUpAnswer Read(LookUpReply? reply, string account, BillerProfile biller, string currency)
    {
        if (reply is null) return Unavailable("with something that is not agreed");
        if (reply.Currency != currency) return Unavailable("in another currency");
        if (Math.Abs((decimal)reply.Due) > FarthestDue) return Unavailable("with an amount that cannot be");
        if (reply.Reference.Length is 0 or > LongestReference || reply.Reference.Any(sign => sign is <= ' ' or > '~')) return Unavailable("with a reference that is none");
        if (reply.MaskedName.EnumerateRunes().Count() > LongestName || reply.MaskedName.Any(char.IsControl)) return Unavailable("with a name that cannot be shown");

        // The reference is kept for years and the name is shown to the hall: neither may give the account away.
        if (account.Length > Shown && (reply.Reference.Contains(account, StringComparison.Ordinal) || reply.MaskedName.Contains(account, StringComparison.Ordinal)))
            return Unavailable("with the account number, which must not be in references and names");

        var (least, most) = (Math.Max(biller.Least, reply.Least ?? 0), Math.Min(biller.Most, reply.Most ?? long.MaxValue));
        if (least > most) return Unavailable("with limits that fit no amount of the profile");
        return new LookUpAnswer.Found(new(reply.Reference, Mask(account), reply.MaskedName, new(reply.Due, currency), new(least, currency), new(most, currency)));
    }

    /// <summary>By ourselves: what a biller thinks is masked could be anything.</summary>
    private static string Mask(string account) => account.Length > Shown ? $"•••• {account[^Shown..]}" : "••••";

    private static LookUpAnswer.Unavailable Unavailable(string how) => new($"it answers {how}");
}
