using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Hardware.Printers;

namespace Kiosk.Firmware.Effects;

/// <summary>Reports that staff asked for and that wait for the printer. Not kept over a restart: whoever wants one asks again.</summary>
internal sealed class ReportTray(TimeProvider time)
{
    /// <summary>Reports that may wait.</summary>
    private const int Most = 10;

    private ImmutableList<PaperJob.ReportSlip> _waiting = [];

    public IEnumerable<PaperJob> Waiting => _waiting;

    public Signal News { get; } = new();

    /// <returns>False: too many wait already.</returns>
    public bool Add(string report, Slip slip, string who)
    {
        var job = new PaperJob.ReportSlip(report, slip, who, time.GetUtcNow());
        if (!ImmutableInterlocked.Update(ref _waiting, waiting => waiting.Count < Most ? waiting.Add(job) : waiting)) return false;
        News.Raise();
        return true;
    }

    public void Done(PaperJob job) => ImmutableInterlocked.Update(ref _waiting, waiting => job is PaperJob.ReportSlip report ? waiting.Remove(report) : waiting);
}
