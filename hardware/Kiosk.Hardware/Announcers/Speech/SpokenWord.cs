namespace Kiosk.Hardware.Announcers.Speech;

/// <summary>One word of a call.</summary>
/// <param name="Clip">Name of its recording, without <c>.wav</c>.</param>
/// <param name="Text">As it is written for a reader or a synthetic voice.</param>
/// <param name="Pause">A breath after it.</param>
public sealed record SpokenWord(string Clip, string Text, bool Pause = false);

/// <summary>How Chinese says a 1 among digits.</summary>
public enum OneReading
{
    /// <summary>As halls of the language do: 幺 in zh-CN, 一 in zh-TW.</summary>
    Usual,

    /// <summary>幺: not to be mistaken for 七, as halls, telephones and the police of the mainland say it.</summary>
    Yao,

    /// <summary>一.</summary>
    Yi,
}
