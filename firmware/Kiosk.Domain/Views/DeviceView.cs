using System.Text.Json.Nodes;

namespace Kiosk.Domain.Views;

public enum DeviceState
{
    Unknown,
    Ok,
    Degraded,
    OutOfService,
}

/// <summary>A device as the devices screen shows it. Made by the host: the domain knows no devices.</summary>
/// <param name="Class"><c>TicketPrinter</c>, <c>CallButtons</c>, <c>CounterDisplay</c>, <c>Announcer</c>, <c>CardTerminal</c>, <c>CashAcceptor</c>.</param>
/// <param name="Fault">One of the closed list of device faults (<c>OutOfPaper</c>), or null; screens translate it and say what to do.</param>
/// <param name="Detail">For the technician, in English.</param>
/// <param name="Since">When it entered this state.</param>
/// <param name="Look">What the emulated device looks like now, or null for a real one.</param>
/// <param name="Pictures">What came out of it or is lit on it, as SVG documents, latest first; empty for a real device.</param>
/// <param name="Controls">What can be done to an emulated device: name → arguments with what each allows.</param>
public sealed record DeviceView(
    string Id,
    string Class,
    string Driver,
    string Link,
    DeviceState State,
    string? Fault,
    string Detail,
    DateTimeOffset Since,
    JsonObject? Look,
    IReadOnlyList<string> Pictures,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Controls)
{
    public bool Emulated => Look is not null;

    /// <summary>The roll in a ticket printer; null for other devices, and before a printer was opened.</summary>
    public PaperView? Paper { get; init; }
}
