using Kiosk.Domain.Books;

namespace Kiosk.Domain.Tests.Books;

public sealed class DigitMaskTests
{
    [Theory]
    [InlineData("call 13812345678 please", "call *******5678 please")]
    [InlineData("138-1234-5678", "***-****-5678")]
    [InlineData("138 1234 5678", "*** **** 5678")]
    [InlineData("6222 0212 3456 7890 123", "**** **** **** ***0 123")]
    [InlineData("(021) 5555-8888", "(***) ****-8888")]
    [InlineData("138 - 1234 - 5678", "*** - **** - 5678")]
    [InlineData("电话１３８１２３４５６７８。", "电话*******５６７８。")]
    [InlineData("0912–345–678", "****–**5–678")]
    [InlineData("two: 1234567, 7654321", "two: ***4567, ***4321")]
    public void Long_number_keeps_its_last_four_digits(string text, string masked) => Assert.Equal(masked, DigitMask.Mask(text));

    [Theory]
    [InlineData("")]
    [InlineData("waited 45 minutes, paid 123.50")]
    [InlineData("number A012 at 10:30")]
    [InlineData("123456")]
    [InlineData("12 34 56")]
    [InlineData("123\n4567")]
    public void Short_number_stays(string text) => Assert.Equal(text, DigitMask.Mask(text));

    [Theory]
    [InlineData("13812345678", "*******5678")]
    [InlineData("li@example.org", "**********.org")]
    [InlineData("123", "***")]
    public void Contact_shows_its_last_four_signs(string contact, string shown) => Assert.Equal(shown, DigitMask.LastFour(contact));
}
