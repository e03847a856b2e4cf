namespace Kiosk.Domain.Waiting.Staffing;

/// <summary>
/// Waiting for one of several equal counters: arrivals by chance, exponential service times, first come first served (M/M/c; A. K. Erlang 1917).
/// Load in erlangs: customers who arrive during one mean service time.
/// </summary>
public static class ErlangC
{
    /// <summary>Probability that a customer has to wait; 1 where the counters cannot keep up.</summary>
    public static double Waits(int counters, double load)
    {
        if (load <= 0) return 0;
        if (counters <= load) return 1;

        // By Erlang B's recursion: every step lies between 0 and 1, whatever the load; powers and factorials do not.
        double blocked = 1;
        for (var n = 1; n <= counters; n++) blocked = load * blocked / (n + (load * blocked));
        return counters * blocked / (counters - (load * (1 - blocked)));
    }

    /// <summary>Mean wait of all customers; null where the line grows without end.</summary>
    public static TimeSpan? MeanWait(int counters, double load, TimeSpan service) =>
        counters > load ? service * (Waits(counters, load) / (counters - load)) : null;

    /// <summary>Part of the customers who wait no longer than that; 0 where the counters cannot keep up.</summary>
    public static double Within(int counters, double load, TimeSpan service, TimeSpan wait) =>
        counters > load ? 1 - (Waits(counters, load) * Math.Exp(-(counters - load) * (wait / service))) : 0;
}
