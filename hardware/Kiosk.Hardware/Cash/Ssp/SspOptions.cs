using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.Ssp;

/// <param name="Address">Of the validator on the line, 0 to 125.</param>
/// <param name="PollWithAck">Events wait in the validator until they are acknowledged, behind the journal. Older firmware does not know it.</param>
/// <param name="Poll">Pause between two polls.</param>
/// <param name="StackTimeout">From the order to stack until people have to look where the note is.</param>
/// <param name="Emulated">What the emulator knows: no option of a real validator, which tells it.</param>
internal sealed record SspOptions(
    int Address, bool PollWithAck, TimeSpan Poll, TimeSpan ReplyTimeout, TimeSpan StackTimeout, IReadOnlyList<CashChannel> Emulated)
{
    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static SspOptions Of(DeviceSettings settings)
    {
        var (options, mistakes) = Read(settings);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (SspOptions Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>(CashLink.Check(settings));
        var options = new OptionReader(settings.Options, "options", mistakes);
        var read = new SspOptions(
            options.Number("address", 0, 0, SspProtocol.MostAddress),
            options.Flag("pollWithAck", true),
            options.Milliseconds("pollMs", 200, 20, 1000),
            options.Milliseconds("replyMs", 1000, 100, 5000),
            TimeSpan.FromSeconds(options.Number("stackSeconds", 30, 5, 120)),
            NoteSets.Of(options, "emulatedNotes"));
        options.RefuseOthers();
        return (read, mistakes);
    }
}
