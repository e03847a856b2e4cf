using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>Whether a ticket machine can do what it is there for. A number that cannot be journalled is not issued, whatever else works.</summary>
internal sealed class KioskUse(HallEngine engine, IJournal journal)
{
    /// <summary>True: it says so, before somebody has chosen in vain. Ends by itself with the trouble.</summary>
    public bool Off => journal.Tight || engine.Trouble is not null;
}
