using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>What is asked of the desk for one machine; the answer comes back into its dialogue.</summary>
internal abstract record PayErrand(string Machine)
{
    /// <param name="Step">Of the dialogue that waits for the answer.</param>
    public sealed record LookUp(string Machine, string Step, string Biller, string Digits) : PayErrand(Machine)
    {
        public override string ToString() => $"Look up at {Biller}";
    }

    public sealed record Begin(string Machine, HallCommand.BeginPayment Wanted) : PayErrand(Machine);

    public sealed record Stop(string Machine, PaymentId Id, string Why) : PayErrand(Machine);

    public sealed record Finish(string Machine, PaymentId Id) : PayErrand(Machine);

    public sealed record Print(string Machine, PaymentId Id, int Receipt) : PayErrand(Machine);
}
