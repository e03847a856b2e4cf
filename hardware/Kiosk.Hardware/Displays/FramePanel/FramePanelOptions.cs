namespace Kiosk.Hardware.Displays.FramePanel;

/// <param name="Panels">Number and address of each; the address stands in the frames.</param>
/// <param name="Show">The frame that shows a text.</param>
/// <param name="BrightnessFrame">Null where the panel cannot be dimmed.</param>
/// <param name="LampTestFrame">Null where it has no test of its own: then an 8 in each place.</param>
/// <param name="Check">One of <see cref="FrameCheck.Kinds"/>; null for none.</param>
/// <param name="PausedText">Null for dashes.</param>
internal sealed record FramePanelOptions(
    IReadOnlyList<(int Panel, int Address)> Panels, FrameTemplate Show, FrameTemplate? BrightnessFrame, FrameTemplate? LampTestFrame, string? Check,
    FrameText Text, string? PausedText, DayPlan Brightness, TimeSpan Gap, TimeSpan Refresh)
{
    private const int MostWidth = 32;
    private static readonly FrameTemplate Nothing = new([], 0, 0);
    private static readonly Dictionary<string, TextEncoding> Encodings =
        new() { ["ascii"] = TextEncoding.Ascii, ["gb18030"] = TextEncoding.Gb18030, ["hex"] = TextEncoding.HexDigits };

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static FramePanelOptions Of(DeviceSettings settings)
    {
        var (options, mistakes) = Read(settings);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (FramePanelOptions Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>(PanelLine.Check(settings));
        var options = new OptionReader(settings.Options, "options", mistakes);
        var check = options.Has("check") ? options.OneOf("check", ["none", .. FrameCheck.Kinds.Keys]) : null;
        var text = TextOf(options);
        var dimmed = options.Has("brightnessFrame");
        var read = new FramePanelOptions(
            PanelList.Addressed(options, mistakes, (panel, number) => AddressOf(panel, number)),
            FrameOf(options, "frame", FrameField.Text) ?? Nothing,
            dimmed ? FrameOf(options, "brightnessFrame", FrameField.Brightness) : null,
            options.Has("lampTestFrame") ? FrameOf(options, "lampTestFrame", null) : null,
            check is "none" ? null : check,
            text,
            PausedOf(options, text),
            options.DayPlan("brightness", 8, 0, 255),
            options.Milliseconds("gapMs", 20, 0, 2000),
            TimeSpan.FromSeconds(options.Number("refreshSeconds", 5, 1, 60)));
        if (options.Has("brightness") && !dimmed) options.Refuse("brightness", "needs a brightnessFrame: without one the panel cannot be dimmed");
        read.RefuseWhatDoesNotFit(options);
        options.RefuseOthers();
        return (read, mistakes);
    }

    private void RefuseWhatDoesNotFit(OptionReader options)
    {
        var frames = new[] { ("frame", Show), ("brightnessFrame", BrightnessFrame), ("lampTestFrame", LampTestFrame) };
        foreach (var (name, frame) in frames)
        {
            if (frame is null || frame == Nothing) continue;
            if (frame.Has(FrameField.Check) != Check is not null)
                options.Refuse(name, Check is null ? "has {check}, but check is none" : $"must have {{check}}: check is {Check}");
            if (Panels.Count > 1 && !frame.Has(FrameField.Address)) options.Refuse(name, "must have {address}: there are several panels");
            if (frame != Show && frame.Has(FrameField.Text)) options.Refuse(name, "cannot have {text}");
            if (Panels.Any(panel => panel.Address > frame.Most(FrameField.Address))) options.Refuse(name, $"writes addresses up to {frame.Most(FrameField.Address)} only");
            if (Brightness.Steps.Any(step => step.Value > frame.Most(FrameField.Brightness))) options.Refuse(name, $"writes brightness up to {frame.Most(FrameField.Brightness)} only");
            if (frame != BrightnessFrame && frame.Has(FrameField.Brightness)) options.Refuse(name, "cannot have {brightness}: that is the brightnessFrame's");
        }
    }

    private static FrameTemplate? FrameOf(OptionReader options, string name, FrameField? needed)
    {
        if (!FrameTemplate.TryParse(options.Text(name) ?? "", out var template, out var message)) options.Refuse(name, message);
        else if (needed is { } field && !template.Has(field)) options.Refuse(name, field == FrameField.Text ? "must have {text}" : "must have {brightness}");
        return template;
    }

    private static FrameText TextOf(OptionReader options)
    {
        var encoding = options.Has("encoding") ? options.OneOf("encoding", Encodings.Keys) : null;
        var right = !options.Has("align") || options.OneOf("align", ["right", "left"]) != "left";
        var padding = ' ';
        if (options.Has("padding"))
        {
            if (options.Text("padding") is [var given] && given is >= ' ' and <= '~') padding = given;
            else options.Refuse("padding", "must be one character of ASCII, as \" \" or \"0\"");
        }

        return new FrameText(encoding is null ? TextEncoding.Ascii : Encodings[encoding], options.Number("width", 4, 1, MostWidth), right, padding);
    }

    private static string? PausedOf(OptionReader options, FrameText text)
    {
        if (!options.Has("pausedText")) return null;
        if (options.Text("pausedText") is { Length: > 0 } paused && text.CanShow(paused)) return paused;
        options.Refuse("pausedText", $"must be a text that fits in {text}");
        return null;
    }

    private static int? AddressOf(OptionReader panel, int number) => panel.Has("address") ? panel.RequiredNumber("address", 0, 255) : number is <= 255 ? number : panel.RequiredNumber("address", 0, 255);
}
