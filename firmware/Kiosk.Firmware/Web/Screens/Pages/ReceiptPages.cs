using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Phone;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/receipt/{payment}</c>: receipts of a payment on its owner's phone, for the settlement period. Whoever knows the address paid, or was shown it.</summary>
internal sealed class ReceiptPages(HallFeed feed, ScreenReply reply)
{
    private const int PaymentIdLength = 12;

    private HallProfile Profile => feed.Profile;

    public async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var ledger = feed.Latest.State.Ledger;
        var receipts = id.Length == PaymentIdLength && ledger is not null ? ledger.ReceiptsOf(new(id.ToLowerInvariant())).ToList() : [];
        if (receipts.Count == 0) return await reply.PageAsync(Page(http, "receipt.unknown", Profile.DefaultLanguage, typeof(NoSuchReceipt), []), StatusCodes.Status404NotFound);

        return await reply.PageAsync(Page(http, "receipt.title", receipts[0].Of?.Language ?? Profile.DefaultLanguage, typeof(ReceiptScreen), new() { ["Ledger"] = ledger, ["Receipts"] = receipts }));
    }

    /// <param name="own">The language in which it was paid: used unless the phone's owner chose another.</param>
    private ScreenContent Page(HttpContext http, string title, string own, Type component, Dictionary<string, object?> parameters)
    {
        var language = ScreenLanguage.Asked(http, Profile.Languages) ?? own;
        var t = Phrases.In(language);
        return new($"{t[title]} · {Profile.Name.In(language)}", language, "staff", null, [], component, new Dictionary<string, object?>(parameters) { ["T"] = t, ["Profile"] = Profile });
    }
}
