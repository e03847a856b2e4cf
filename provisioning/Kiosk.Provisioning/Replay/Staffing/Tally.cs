namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary>Figures of days under one way of staffing, added up.</summary>
internal sealed class Tally
{
    private double _waited, _staffed;

    public int Days { get; private set; }

    public int Served { get; private set; }

    /// <summary>Customers whose patience ended in line: they count as not within the target.</summary>
    public int Left { get; private set; }

    public int Within { get; private set; }

    public int Switches { get; private set; }

    public double? MeanWaitSeconds => Served == 0 ? null : Math.Round(_waited / Served, 1);

    public double? Share => Served + Left == 0 ? null : Math.Round((double)Within / (Served + Left), 4);

    public double StaffHours => Math.Round(_staffed / 3600, 1);

    public void Add(IReadOnlyList<double> waits, int left, double staffSeconds, int switches, TimeSpan target)
    {
        Days++;
        Served += waits.Count;
        Left += left;
        Within += waits.Count(wait => wait <= target.TotalSeconds);
        Switches += switches;
        _waited += waits.Sum();
        _staffed += staffSeconds;
    }

    public static Tally Sum(IEnumerable<Tally> all)
    {
        var sum = new Tally();
        foreach (var one in all)
        {
            (sum.Days, sum.Served, sum.Left, sum.Within, sum.Switches) = (sum.Days + one.Days, sum.Served + one.Served, sum.Left + one.Left, sum.Within + one.Within, sum.Switches + one.Switches);
            (sum._waited, sum._staffed) = (sum._waited + one._waited, sum._staffed + one._staffed);
        }

        return sum;
    }
}
