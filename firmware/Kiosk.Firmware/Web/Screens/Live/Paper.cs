using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Hardware;
using Kiosk.Ui.Screens.TakeNumber;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>What a customer is told about the paper of a ticket.</summary>
/// <param name="Fault">Why none comes, as far as known.</param>
internal readonly record struct Paper(PaperState State, string? Fault = null)
{
    /// <param name="late">The customer has waited long enough to be told to remember the number.</param>
    public static Paper Of(HallState hall, Ticket? ticket, bool late, IReadOnlyList<DeviceView> devices) => ticket?.Slip switch
    {
        null => new(PaperState.None),
        SlipPhase.Printed or SlipPhase.Presumed => new(PaperState.Ready),
        SlipPhase.InDoubt => new(PaperState.InDoubt),
        SlipPhase.Halted => new(PaperState.Missing, hall.Slips.GetValueOrDefault(new(ticket.Id, ticket.Copy))?.Fault),
        _ => PrinterFault(devices) is { } fault ? new(PaperState.Missing, fault) : new(late ? PaperState.Missing : PaperState.Printing),
    };

    /// <summary>Why no printer of the hall can print, or null where one can.</summary>
    public static string? PrinterFault(IReadOnlyList<DeviceView> devices)
    {
        var printers = devices.Where(device => device.Class == nameof(DeviceClass.TicketPrinter)).ToList();
        return printers.Count > 0 && printers.All(printer => printer.State == DeviceState.OutOfService) ? printers[0].Fault ?? nameof(DeviceFault.Offline) : null;
    }

    /// <summary>The address of the ticket's page, as on paper.</summary>
    public static string? QrContent(Uri? host, Ticket ticket) => host is null ? null : $"{host.AbsoluteUri.TrimEnd('/')}/ticket/{ticket.Id}";

    /// <summary>Tickets of people still here whose paper stopped or may not have come out, oldest first, at most <see cref="MissingShown"/>.</summary>
    public static IReadOnlyList<Ticket> Missing(HallState hall) =>
    [
        .. hall.Tickets.Values
            .Where(ticket => ticket.Live && ticket.Slip is SlipPhase.InDoubt or SlipPhase.Halted or SlipPhase.Queued)
            .OrderBy(ticket => ticket.Order)
            .Take(MissingShown),
    ];

    private const int MissingShown = 30;
}
