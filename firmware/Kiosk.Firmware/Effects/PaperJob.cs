using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Hardware.Printers;

namespace Kiosk.Firmware.Effects;

/// <summary>One piece of paper that the hall or the ledger wants: a ticket's slip or a receipt.</summary>
internal abstract record PaperJob
{
    /// <summary>As people know it: <c>A042</c>, <c>T1-000017</c>.</summary>
    public abstract string Name { get; }

    public abstract SlipPhase Phase { get; }

    /// <summary>Since when it waits: who came first is printed first.</summary>
    public abstract DateTimeOffset Since { get; }

    public abstract int Copy { get; }

    public abstract HallCommand Sending { get; }

    public abstract HallCommand Report(SlipReport report, string? fault);

    /// <summary>Names the piece of paper among all others.</summary>
    public string Key => $"{GetType().Name}-{Name}-{Copy}";

    /// <summary>All that are not on paper yet, in order.</summary>
    public static IEnumerable<PaperJob> Of(HallState hall) => hall.Slips.Values.OrderBy(slip => slip.Order).Select(slip => (PaperJob)new TicketSlip(slip))
        .Concat(hall.Ledger is { } ledger ? ledger.Receipts.Values.Where(OnTheWay).Select(receipt => new ReceiptSlip(receipt, ledger.ReceiptName(receipt.Number))) : [])
        .OrderBy(job => job.Since);

    private static bool OnTheWay(Receipt receipt) => receipt.Phase is SlipPhase.Queued or SlipPhase.Sending or SlipPhase.Halted;

    public sealed record TicketSlip(OpenSlip Slip) : PaperJob
    {
        public override string Name => Slip.Number.ToString();

        public override SlipPhase Phase => Slip.Phase;

        public override DateTimeOffset Since => Slip.QueuedAt;

        public override int Copy => Slip.Id.Copy;

        public override HallCommand Sending => new HallCommand.SendSlip(Slip.Id);

        public override HallCommand Report(SlipReport report, string? fault) => new HallCommand.ReportSlip(Slip.Id, report, fault);
    }

    public sealed record ReceiptSlip(Receipt Receipt, string ReceiptName) : PaperJob
    {
        public override string Name => ReceiptName;

        public override SlipPhase Phase => Receipt.Phase ?? SlipPhase.Queued;

        public override DateTimeOffset Since => Receipt.At;

        public override int Copy => Receipt.Copy;

        public override HallCommand Sending => new HallCommand.SendReceipt(Receipt.Number, Receipt.Copy);

        public override HallCommand Report(SlipReport report, string? fault) => new HallCommand.ReportReceipt(Receipt.Number, Receipt.Copy, report, fault);
    }

    /// <param name="Title"><c>X</c>, <c>Z 12</c>.</param>
    /// <param name="Who">Asked for it.</param>
    public sealed record ReportSlip(string Title, Slip Slip, string Who, DateTimeOffset AskedAt) : PaperJob
    {
        public override string Name => $"{Title} {AskedAt:HHmmssfff}";

        public override SlipPhase Phase => SlipPhase.Queued;

        public override DateTimeOffset Since => AskedAt;

        public override int Copy => 0;

        public override HallCommand Sending => new HallCommand.WriteDown(new HallEvent.ReportPrinted(Title, "sending"));

        public override HallCommand Report(SlipReport report, string? fault) => new HallCommand.WriteDown(new HallEvent.ReportPrinted(Title, report switch
        {
            SlipReport.Printed => "printed",
            SlipReport.Presumed => "presumed",
            SlipReport.InDoubt => "in-doubt",
            SlipReport.Halted => "halted",
            _ => "not-sent",
        }));
    }
}

/// <summary>What stands on each piece of paper.</summary>
internal sealed class PaperLayout(TicketLayout tickets, ReceiptLayout receipts)
{
    /// <summary>Null where it is not known any more.</summary>
    public Slip? Compose(HallState hall, PaperJob job) => job switch
    {
        PaperJob.TicketSlip ticket => tickets.Compose(hall, ticket.Slip.Id),
        PaperJob.ReportSlip report => report.Slip,
        PaperJob.ReceiptSlip receipt => receipts.Compose(hall.Ledger, receipt.Receipt.Number),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
