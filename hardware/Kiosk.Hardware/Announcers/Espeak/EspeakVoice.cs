using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Announcers.Espeak;

/// <summary>
/// The synthetic voice of the espeak-ng program, one process for each sentence. A program and not its library: a fault in it ends a sentence and
/// not the host, it can be stopped when it hangs, and its licence stays its own.
/// </summary>
/// <param name="wordsAMinute">espeak-ng's own default is 175; a hall echoes.</param>
internal sealed class EspeakVoice(string program, int wordsAMinute, OneReading one, TimeProvider time) : IVoice
{
    public const string UsualProgram = "espeak-ng";

    /// <summary>The loudest sample of a sentence: near the loudest that can be, as recorded clips are.</summary>
    private const double Peak = 0.9;

    private const int MostErrorLetters = 200;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    /// <summary>
    /// espeak-ng 1.51 reads Hanzi with the voice <c>cmn</c> as English spelling of their pinyin (espeak-ng issue 1236); <c>cmn-latn-pinyin</c> says
    /// them right, and Latin letters as they are called in Chinese.
    /// </summary>
    private static readonly Dictionary<string, string> Voices = new() { ["zh-CN"] = "cmn-latn-pinyin", ["zh-TW"] = "cmn-latn-pinyin", ["en"] = "en-gb" };

    public string? Lack(string language) =>
        CallSpeech.Of(language) is null ? $"{language}: no call is written down for this language; there are {string.Join(", ", CallSpeech.Languages)}"
        : Found() ? null
        : $"{program} is not installed (package espeak-ng)";

    public async Task<Saying> SayAsync(SpokenCall call, CancellationToken cancel)
    {
        if (Lack(call.Language) is { } lack) return Saying.No(lack);
        return CallSpeech.Words(call, one) is { } words
            ? await ReadAsync(CallSpeech.Sentence(words, call.Language), call.Language, cancel)
            : Saying.No($"number \"{call.Number}\" at counter {call.Counter} cannot be said");
    }

    /// <summary>Reads any text of one of the known languages.</summary>
    public async Task<Saying> ReadAsync(string text, string language, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        using var process = new Process { StartInfo = StartInfo(Voices[CallSpeech.Of(language)!]) };
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            return Saying.No($"{program}: {refused.Message}");
        }

        try
        {
            return await TalkAsync(process, text, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Saying.No($"{program} said nothing for {Deadline.TotalSeconds:0} s");
        }
        catch (IOException broken)
        {
            return Saying.No($"{program}: {broken.Message}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo StartInfo(string voice) => new(program)
    {
        // The sentence goes in by the standard input: nothing of it can be taken for an option.
        ArgumentList = { "-v", voice, "-s", wordsAMinute.ToString(CultureInfo.InvariantCulture), "-b", "1", "--stdin", "--stdout" },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        UseShellExecute = false,
    };

    private async Task<Saying> TalkAsync(Process process, string text, CancellationToken cancel)
    {
        var complaint = process.StandardError.ReadToEndAsync(cancel);
        await process.StandardInput.WriteLineAsync(text.AsMemory(), cancel);
        process.StandardInput.Close();
        var wav = await AllAsync(process.StandardOutput.BaseStream, cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0) return Saying.No($"{program} ended with {process.ExitCode}: {Shortened(await complaint)}");

        var reading = WavFile.Read(wav, streamed: true);
        if (reading.Sound is not { } sound) return Saying.No($"{program}: its sound {reading.Mistake} {Shortened(await complaint)}".TrimEnd());
        sound = sound.Trimmed();
        return sound.Samples.IsEmpty ? Saying.No($"{program} said nothing of \"{text}\"") : Saying.Of(sound.WithPeak(Peak));
    }

    private static async Task<byte[]> AllAsync(Stream output, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var part = new byte[16384];
        for (int read; (read = await output.ReadAsync(part, cancel)) > 0;)
        {
            if (all.Length + read > WavFile.MostBytes) throw new IOException($"more than {WavFile.MostBytes} bytes for one sentence");
            all.Write(part, 0, read);
        }

        return all.ToArray();
    }

    private static string Shortened(string complaint) => complaint.Trim() is { Length: > MostErrorLetters } much ? much[..MostErrorLetters] : complaint.Trim();

    private bool Found() => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
