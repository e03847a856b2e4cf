using System.Globalization;
using Kiosk.Domain.Site;
using Kiosk.Hardware.Announcers.Clips;
using Kiosk.Hardware.Announcers.Espeak;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Provisioning.Voice;

/// <summary><c>kioskctl voice</c>: what to record, what is there, and a synthetic stand-in.</summary>
internal sealed class VoiceCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    public async Task<int> ListAsync(string? language, string? profile, CancellationToken cancel)
    {
        foreach (var need in await NeedsAsync(language, profile, cancel))
        {
            foreach (var word in need.Words) await output.WriteLineAsync($"{Path.Combine(need.Language, word.Clip)}.wav\t{word.Text}");
        }

        return ExitCode.Fine;
    }

    public async Task<int> CheckAsync(string folder, string? language, string? profile, CancellationToken cancel)
    {
        var code = ExitCode.Fine;
        foreach (var need in await NeedsAsync(language, profile, cancel))
        {
            var set = ClipSet.Read(folder, need.Language);
            var missing = set.Missing(need.Words).ToList();
            foreach (var mistake in set.Mistakes) await errors.WriteLineAsync(mistake);
            var seconds = set.Clips.Values.Sum(clip => clip.Length.TotalSeconds);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{need.Language}: {need.Words.Count - missing.Count} of {need.Words.Count} clips, {seconds:0.0} s"));
            foreach (var word in missing) await output.WriteLineAsync($"  missing: {ClipSet.PathOf(folder, need.Language, word.Clip)}  {word.Text}");
            if (missing.Count > 0) code = ExitCode.Incomplete;
        }

        return code;
    }

    public async Task<int> MakeAsync(string folder, string? language, string? profile, bool replace, ClipMaker maker, CancellationToken cancel)
    {
        foreach (var need in await NeedsAsync(language, profile, cancel))
        {
            var started = time.GetTimestamp();
            var wanted = replace ? need.Words : [.. ClipSet.Read(folder, need.Language).Missing(need.Words)];
            foreach (var word in wanted)
            {
                if (await TryAsync(() => maker.MakeAsync(folder, need.Language, word, cancel)) is { } lack)
                    throw new Trouble(ExitCode.Unavailable, $"{ClipSet.PathOf(folder, need.Language, word.Clip)} was not made: {lack}");
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{need.Language}: {wanted.Count} clips made in {time.GetElapsedTime(started).TotalSeconds:0.0} s, {need.Words.Count - wanted.Count} kept"));
        }

        return ExitCode.Fine;
    }

    private static async Task<string?> TryAsync(Func<Task<string?>> make)
    {
        try
        {
            return await make();
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return unwritten.Message;
        }
    }

    private sealed record Need(string Language, IReadOnlyList<SpokenWord> Words);

    private static async Task<IReadOnlyList<Need>> NeedsAsync(string? language, string? profile, CancellationToken cancel)
    {
        var hall = profile is null ? null : await HallAsync(profile, cancel);
        var languages = language is not null ? [language] : hall is null ? CallSpeech.Languages : [.. hall.Languages.Select(CallSpeech.Of).OfType<string>().Distinct()];
        var letters = hall is null ? ClipCatalog.AllLetters : string.Concat(hall.Services.Select(service => service.Letter));
        return [.. languages.Select(spoken => new Need(spoken, ClipCatalog.Of(spoken, letters, hall is null ? null : [.. hall.Counters.Select(counter => counter.Number.Value)])))];
    }

    private static async Task<HallProfile> HallAsync(string file, CancellationToken cancel)
    {
        try
        {
            var reading = ProfileReader.Read(await File.ReadAllBytesAsync(file, cancel), _ => []);
            return reading.Profile ?? throw new Trouble(ExitCode.BadProfile, $"{file} has mistakes: kioskctl check --profile {file} lists them.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.BadProfile, $"The profile {file} cannot be read: {failed.Message}", failed);
        }
    }
}
