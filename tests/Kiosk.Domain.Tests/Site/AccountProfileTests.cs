using Kiosk.Domain.Site;

namespace Kiosk.Domain.Tests.Site;

public sealed class AccountProfileTests
{
    private static readonly Texts Label = Texts.Of(("en", "Account"));

    [Theory]
    [InlineData("79927398713", true)]
    [InlineData("18", true)]
    [InlineData("79927398710", false)]
    [InlineData("79927398731", false)]
    [InlineData("7992739871", false)]
    [InlineData("7992739871٣", false)]
    [InlineData("7992739871<", false)]
    [InlineData("", false)]
    public void Account_with_a_check_digit_is_allowed_where_length_and_digits_are_right(string account, bool allowed) =>
        Assert.Equal(allowed, new AccountProfile(Label, [2, 11], AccountCheck.Luhn).Allows(account));

    [Theory]
    [InlineData("79927398710", true)]
    [InlineData("7992739871", false)]
    [InlineData("7992739871-", false)]
    public void Account_without_one_is_allowed_whatever_its_last_digit(string account, bool allowed) =>
        Assert.Equal(allowed, new AccountProfile(Label, [11]).Allows(account));
}
