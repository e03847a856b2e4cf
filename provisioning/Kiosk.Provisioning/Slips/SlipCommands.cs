using System.CommandLine;
using System.Globalization;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;
using Kiosk.Hardware.Printers.Templates;

namespace Kiosk.Provisioning.Slips;

/// <summary><c>kioskctl slip</c>: looks at a template before it is used.</summary>
internal static class SlipCommands
{
    private const int MostCopies = 99;

    public static Command Of() => new("slip", "Checks and shows templates of tickets and receipts.") { Check(), Preview() };

    private static Command Check()
    {
        var file = FileArgument();
        var command = new Command("check", "Lists every mistake in a template.\nExit code 0: none; 78: there are some.") { file };
        command.SetAction(line =>
        {
            var (path, output) = (line.GetRequiredValue(file), line.InvocationConfiguration.Output);
            var template = Read(path);
            output.WriteLine($"{path}: no mistake ({template.Kind.Id}; words in {string.Join(", ", template.Languages.DefaultIfEmpty("no language"))})");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Preview()
    {
        var file = FileArgument();
        var language = new Option<string>("--language") { Description = "Of the words, as zh-CN.", HelpName = "TAG", DefaultValueFactory = _ => "en" };
        var printer = new Option<string>("--printer") { Description = $"A model: {string.Join(", ", EscPosProfiles.All.Keys)}.", HelpName = "MODEL", DefaultValueFactory = _ => EscPosProfiles.Default };
        printer.AcceptOnlyFromAmong([.. EscPosProfiles.All.Keys]);
        var copy = new Option<int>("--copy") { Description = "As the Nth copy; 0: the original.", HelpName = "N" };
        copy.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostCopies))
                result.AddError($"--copy takes a whole number from 0 to {MostCopies}, not \"{token.Value}\".");
        });
        var picture = new Option<string?>("--out") { Description = "File of the picture (SVG). Left out: standard output.", HelpName = "FILE" };
        var command = new Command("preview", "Draws the slip with made-up values, as that printer would print it.") { file, language, printer, copy, picture };
        command.SetAction(line => Draw(
            Read(line.GetRequiredValue(file)), line.GetRequiredValue(language), EscPosProfiles.All[line.GetRequiredValue(printer)], line.GetValue(copy), line.GetValue(picture), line.InvocationConfiguration.Output));
        return command;
    }

    private static int Draw(SlipTemplate template, string language, EscPosOptions printer, int copy, string? path, TextWriter output)
    {
        var slip = template.Compose(language, SlipSamples.Of(template.Kind, language, copy));
        var svg = SlipPicture.Preview(slip, printer);
        if (path is null)
        {
            output.WriteLine(svg);
            return ExitCode.Fine;
        }

        try
        {
            File.WriteAllText(path, svg);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.NoPermission, $"{path} cannot be written: {failed.Message}", failed);
        }

        output.WriteLine($"{path}: {SlipPicture.MillimetresOf(slip, printer)} mm of paper on {printer.Profile}");
        return ExitCode.Fine;
    }

    private static SlipTemplate Read(string path)
    {
        var mistakes = SlipTemplateFile.Read(path, null, out var template);
        return template ?? throw new Trouble(ExitCode.BadProfile, $"{path}: {mistakes.Count} {(mistakes.Count == 1 ? "mistake" : "mistakes")}{string.Concat(mistakes.Select(mistake => $"\n  {mistake}"))}");
    }

    private static Argument<string> FileArgument() => new("file") { Description = "The template, as ticket.slip. A logo lies beside it.", HelpName = "FILE" };
}
