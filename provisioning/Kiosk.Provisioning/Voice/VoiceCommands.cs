using System.CommandLine;
using System.Globalization;
using Kiosk.Hardware.Announcers.Espeak;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Provisioning.Voice;

/// <summary>The command line of <c>kioskctl voice</c>.</summary>
internal static class VoiceCommands
{
    public static Command Of(TimeProvider time) => new("voice", "Recorded words of the announcers (driver clips).")
    {
        List(time),
        Check(time),
        Make(time),
    };

    private static Command List(TimeProvider time)
    {
        var (language, profile) = (Language(), Profile());
        var command = new Command("list", "The clips that each language needs: file and words, one a line. For whoever records them.") { language, profile };
        command.SetAction((line, cancel) => On(line, time).ListAsync(line.GetValue(language), line.GetValue(profile), cancel));
        return command;
    }

    private static Command Check(TimeProvider time)
    {
        var (directory, language, profile) = (Folder(), Language(), Profile());
        var command = new Command("check", "Says what is missing in a folder of clips, and which files cannot be used.\nExit code 0: complete; 1: something is missing.") { directory, language, profile };
        command.SetAction((line, cancel) => On(line, time).CheckAsync(line.GetRequiredValue(directory), line.GetValue(language), line.GetValue(profile), cancel));
        return command;
    }

    private static Command Make(TimeProvider time)
    {
        var (directory, language, profile) = (Folder(), Language(), Profile());
        var replace = new Option<bool>("--replace") { Description = "Also those that are there already. Left out: only what is missing is made." };
        var speed = new Option<int>("--words-a-minute")
        {
            Description = "80 to 300.",
            HelpName = "N",
            DefaultValueFactory = _ => 140,
            CustomParser = given =>
            {
                if (int.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 80 and <= 300) return number;
                given.AddError($"--words-a-minute takes 80 to 300, not \"{given.Tokens[0].Value}\".");
                return 0;
            },
        };
        var program = new Option<string>("--program") { Description = "The synthetic voice.", HelpName = "FILE", DefaultValueFactory = _ => ClipMaker.UsualProgram };
        var command = new Command("make", "Makes the clips with espeak-ng, to stand in until they are recorded.") { directory, language, profile, replace, speed, program };
        command.SetAction((line, cancel) => On(line, time).MakeAsync(
            line.GetRequiredValue(directory),
            line.GetValue(language),
            line.GetValue(profile),
            line.GetValue(replace),
            new ClipMaker(line.GetRequiredValue(program), line.GetValue(speed), time),
            cancel));
        return command;
    }

    private static Argument<string> Folder() => new("folder") { Description = "As in the option clips of the device; one folder a language below it." };

    private static Option<string?> Language()
    {
        var option = new Option<string?>("--language") { Description = $"{string.Join(", ", CallSpeech.Languages)}; left out: all of them, or those of --profile.", HelpName = "TAG" };
        option.AcceptOnlyFromAmong([.. CallSpeech.Languages]);
        return option;
    }

    private static Option<string?> Profile() => new("--profile") { Description = "Only the letters, counters and languages of this hall.json; left out: whatever a call can have.", HelpName = "FILE" };

    private static VoiceCommand On(ParseResult line, TimeProvider time) => new(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, time);
}
