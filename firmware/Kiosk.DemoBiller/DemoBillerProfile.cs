namespace Kiosk.DemoBiller;

/// <summary>One of the billers that a server plays.</summary>
/// <param name="Id">In its address: <c>a-z 0-9 -</c>.</param>
/// <param name="Currency">ISO 4217; another one is refused.</param>
/// <param name="Least">Smallest unit; the least that is taken at once.</param>
public sealed record DemoBillerProfile(string Id, string Currency, long Least, long Most);
