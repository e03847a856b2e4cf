using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Domain.Tests.Waiting.Prediction;

public sealed class LineTrustTests
{
    [Fact]
    public void Nothing_is_shown_before_enough_waits_were_seen()
    {
        var trust = LineTrust.None;
        for (var n = 1; n < LineTrust.Enough; n++)
        {
            trust = trust.With(true);
            Assert.False(trust.Shown);
            Assert.Equal(LineTrust.Enough - n, trust.Missing);
        }

        Assert.True(trust.With(true).Shown);
    }

    [Fact]
    public void Ranges_that_fail_are_withdrawn_and_come_back_when_they_hold()
    {
        var trust = Enumerable.Repeat(true, 40).Aggregate(LineTrust.None, (known, held) => known.With(held));
        var failures = 0;
        while (trust.Shown)
        {
            trust = trust.With(false);
            failures++;
        }

        Assert.InRange(failures, 5, 20);
        var hits = 0;
        while (!trust.Shown)
        {
            trust = trust.With(true);
            hits++;
        }

        // Not at the first hit: else the screen would flicker.
        Assert.InRange(hits, 5, 40);
    }

    [Fact]
    public void Nine_of_ten_are_good_enough()
    {
        var trust = LineTrust.None;
        for (var n = 0; n < 1000; n++)
        {
            trust = trust.With(n % 10 != 0);
            if (n > LineTrust.Enough) Assert.True(trust.Shown);
        }
    }
}
