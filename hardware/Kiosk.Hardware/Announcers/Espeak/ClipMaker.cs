using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Clips;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Announcers.Espeak;

/// <summary>Makes clips with the synthetic voice, to stand in until somebody has recorded them.</summary>
public sealed class ClipMaker(string program, int wordsAMinute, TimeProvider time)
{
    private readonly EspeakVoice _voice = new(program, wordsAMinute, OneReading.Usual, time);

    public static string UsualProgram => EspeakVoice.UsualProgram;

    /// <summary>Writes one clip; its folder is made where it is not there.</summary>
    /// <returns>Why it could not be said; null where it was.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public async Task<string?> MakeAsync(string directory, string language, SpokenWord word, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (_voice.Lack(language) is { } lack) return lack;
        var said = await _voice.ReadAsync(word.Text, language, cancel);
        if (said.Sound is not { } sound) return said.Lack;

        var file = ClipSet.PathOf(directory, language, word.Clip);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file + ".new", WavFile.Write(sound), cancel);
        File.Move(file + ".new", file, overwrite: true);
        return null;
    }
}
