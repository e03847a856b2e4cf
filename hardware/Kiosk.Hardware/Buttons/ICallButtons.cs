using System.Threading.Channels;

namespace Kiosk.Hardware.Buttons;

/// <summary>What a key press means. The number of the panel says where.</summary>
public enum PanelKey
{
    Next,
    Recall,
    Begin,
    Finish,
    NoShow,
    Hold,
    Pause,
}

/// <param name="Panel">Number of the panel, as set in the options: the counter's number.</param>
/// <param name="EdgeNanoseconds">Kernel time stamp (CLOCK_MONOTONIC) of the deciding edge.</param>
/// <param name="Boot">Random per opened device, so that (device, boot, sequence) names a press once.</param>
/// <param name="Sequence">Counts presses of this opened device from 1.</param>
public sealed record KeyPress(int Panel, PanelKey Key, long EdgeNanoseconds, Guid Boot, long Sequence);

/// <summary>Call units wired to input lines. Presses are complete gestures, bounces already gone.</summary>
public interface ICallButtons : IDevice
{
    /// <summary>
    /// Bounded: what finds it full is dropped and logged. Completed when the device is disposed. For one reader, who may go on with a press on the
    /// device's own thread and must not block there.
    /// </summary>
    ChannelReader<KeyPress> Presses { get; }

    /// <summary>Tells the clerk on the panel's lamp what became of a press. A panel without a lamp, or that is not of this device, says nothing. Never blocks.</summary>
    /// <param name="taken">True: the press had its effect. False: it was refused, or got lost.</param>
    void Acknowledge(int panel, bool taken);
}
