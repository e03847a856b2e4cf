using System.Collections.Immutable;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;

namespace Kiosk.Firmware.Effects;

/// <summary>What the loudspeakers are saying at this moment; each in its room, so several can speak at once.</summary>
internal sealed class Captions(ScreenPulse pulse)
{
    private ImmutableList<Shown> _shown = [];

    /// <summary>The one that began first stands first. Two rooms that say the same call are one caption.</summary>
    public IReadOnlyList<Caption> Now => [.. Volatile.Read(ref _shown).Select(shown => shown.Caption).DistinctBy(caption => (caption.Number, caption.Counter))];

    /// <returns>Disposed when the call has been said.</returns>
    public IDisposable Show(Caption caption)
    {
        var shown = new Shown(this, caption);
        ImmutableInterlocked.Update(ref _shown, list => list.Add(shown));
        pulse.Raise();
        return shown;
    }

    private sealed class Shown(Captions captions, Caption caption) : IDisposable
    {
        public Caption Caption => caption;

        public void Dispose()
        {
            if (ImmutableInterlocked.Update(ref captions._shown, list => list.Remove(this))) captions.ShownEnded();
        }
    }

    private void ShownEnded() => pulse.Raise();
}
