using Kiosk.Ui.Screens.Technician;

namespace Kiosk.Ui.Tests;

public sealed class ArgumentChoicesTests
{
    [Theory]
    [InlineData("ok | near-end | out", "ok,near-end,out", false)]
    [InlineData("instead of line: 1 | 2 | 3", "1,2,3", true)]
    [InlineData("with panel: next | recall; may be left out where the panel has one key", "next,recall", true)]
    [InlineData("1 to 600000, how long; 80 when absent", "", false)]
    [InlineData("optional: lines until the roll ends, 1 to 100000", "", true)]
    public void What_an_argument_allows_becomes_choices(string allows, string values, bool optional)
    {
        var choices = ArgumentChoices.Of(allows);
        Assert.Equal(values, string.Join(',', choices.Values));
        Assert.Equal(optional, choices.Optional);
    }
}
