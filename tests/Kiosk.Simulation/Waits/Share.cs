using System.Globalization;

namespace Kiosk.Simulation.Waits;

/// <summary>Of those who came at some time: how many were told a wait, and for how many it was true.</summary>
/// <param name="AtLeast">Share of the told for whom it must have been true, over all runs together: one day alone is one line that went well or badly.</param>
internal sealed record Share(string When, double AtLeast, int Called, int Told, int Held)
{
    public bool Holds => Told > 0 && Held >= AtLeast * Told;

    public static Share operator +(Share one, Share other) => one with { Called = one.Called + other.Called, Told = one.Told + other.Told, Held = one.Held + other.Held };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{When}: {Told} of {Called} were told a wait, {(Told == 0 ? 0 : (double)Held / Told):P1} of them right ({AtLeast:P0} asked for)");
}
