namespace Kiosk.Simulation.Waits;

/// <summary>The same broken days in several halls, each with customers of its own: what must always be so is asked of each, how often the told was true of all together.</summary>
internal sealed class BrokenHalls(int days, int firstSeed, int halls, TextWriter output)
{
    /// <param name="plot">Draws the days of the first hall into this SVG; null: draws nothing.</param>
    public async Task<int> RunAsync(string? plot, CancellationToken cancel)
    {
        var (fine, shares) = (true, new List<Share>());
        for (var seed = firstSeed; seed < firstSeed + halls; seed++)
        {
            var hall = new BrokenDays(days, seed, output);
            await hall.RunAsync(seed == firstSeed ? plot : null, cancel);
            fine &= hall.Failures.Count == 0;
            shares = shares.Count == 0 ? [.. hall.Shares] : [.. shares.Zip(hall.Shares, (sum, one) => sum + one)];
        }

        await output.WriteLineAsync(halls == 1 ? "this hall" : $"all {halls} halls");
        foreach (var share in shares)
        {
            await output.WriteLineAsync($"  {(share.Holds ? "" : "FAILED: ")}{share}");
            fine &= share.Holds;
        }

        await output.WriteLineAsync($"{(fine ? "PASS" : "FAIL")} waits --days {days} --seed {firstSeed} --halls {halls}");
        return fine ? 0 : 1;
    }
}
