namespace Kiosk.Hardware.Links.Emulation;

/// <summary>How an emulated device's wire misbehaves: one way at a time.</summary>
internal enum Misbehaviour
{
    None,

    /// <summary>Each byte of an answer by itself.</summary>
    Split,

    /// <summary>Answers gather for a while and leave in one piece.</summary>
    Joined,

    /// <summary>Each answer comes so much later or, without a time, is held back until something else is asked.</summary>
    Late,

    /// <summary>Bytes that are no answer before each answer.</summary>
    Noise,

    /// <summary>Bytes that are no answer instead of each answer.</summary>
    Garbage,

    /// <summary>Does not read: what the host writes piles up until it cannot write any more.</summary>
    Deaf,

    /// <summary>Loses its power, and has it again, when so many more bytes have arrived.</summary>
    ResetAfter,

    /// <summary>The same when so many more bytes have been answered: in the middle of an answer, if need be.</summary>
    LossAfter,
}
