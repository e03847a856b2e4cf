using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;

namespace Kiosk.Ui.Tests.Support;

/// <summary>A self-service terminal with two billers, a card terminal and a note acceptor.</summary>
internal static class DemoPayments
{
    public const string GoodAccount = "13812345678", GoodLuhn = "79927398713";

    public static PaymentsProfile Site { get; } = new(
        "T1",
        "CNY",
        [
            new("mobile", Texts.Of(("zh-CN", "移动话费"), ("zh-TW", "行動電話費"), ("en", "Mobile phone")), new("emulated:"), new(Texts.Of(("zh-CN", "手机号码"), ("zh-TW", "手機號碼"), ("en", "Mobile number")), [11]), new BillerAccess.Emulated()),
            new("broadband", Texts.Of(("zh-CN", "宽带费"), ("zh-TW", "寬頻費"), ("en", "Broadband")), new("emulated:"), new(Texts.Of(("zh-CN", "宽带账号"), ("zh-TW", "寬頻帳號"), ("en", "Broadband account")), [9, 11], AccountCheck.Luhn), new BillerAccess.Emulated()),
        ],
        new("card-terminal", PostLater: true),
        new(["notes"], [1_000, 2_000, 5_000, 10_000], 100_000, Overpaid.Credit));

    public static HallProfile In(HallProfile hall) => hall with { Payments = Site };

    public static HallProfile WithClaims(HallProfile hall) => hall with { Payments = Site with { Cash = Site.Cash! with { Overpaid = Overpaid.Claim } } };

    public static Money Yuan(long minor) => new(minor, "CNY");
}
