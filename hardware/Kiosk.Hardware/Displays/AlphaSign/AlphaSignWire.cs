namespace Kiosk.Hardware.Displays.AlphaSign;

/// <summary>Signs on a line: their memory is laid out once, and then only their STRING files change.</summary>
internal sealed class AlphaSignWire(AlphaSignOptions options, PanelLine line, TimeProvider time) : LineWire([.. options.Panels.Select(panel => panel.Panel)], line)
{
    private long? _setUpAt;

    public override bool FlashesByItself => options.Flash is not SignFlash.Host;

    public override async ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel)
    {
        if (IsSetUpDue()) await SetUpAsync(cancel);
        for (var panel = 0; panel < Panels.Count; panel++) await WriteAsync(page, panel, cancel);
        return DeviceHealth.Ok;
    }

    private bool IsSetUpDue() => _setUpAt is not { } at || (options.SetUpEvery > TimeSpan.Zero && time.GetElapsedTime(at) >= options.SetUpEvery);

    private async ValueTask SetUpAsync(CancellationToken cancel)
    {
        await ToAllAsync(AlphaSignProtocol.ClearMemory, cancel);
        await SettleAsync(cancel);
        await ToAllAsync(AlphaSignProtocol.LayOutMemory, cancel);
        await SettleAsync(cancel);
        await ToAllAsync(AlphaSignProtocol.Frame, cancel);
        _setUpAt = time.GetTimestamp();
    }

    private async ValueTask ToAllAsync(string command, CancellationToken cancel)
    {
        foreach (var (_, address) in options.Panels) await Line.SendAsync(AlphaSignProtocol.Packet(options, address, command), cancel);
    }

    private async ValueTask SettleAsync(CancellationToken cancel)
    {
        if (options.Settle > TimeSpan.Zero) await Task.Delay(options.Settle, time, cancel);
    }

    protected override ValueTask WriteAsync(PanelPage page, int panel, CancellationToken cancel)
    {
        var sight = page.Sights[panel];

        // There is no command that lights every dot: an 8 in each place is the most that text can do.
        var text = page.LampTest ? new string('8', options.Places) : sight.Line(options.Places);
        var shown = text.Length > options.Places ? text[^options.Places..] : text;
        var flash = options.Flash is SignFlash.Sign && sight.Flash && !page.LampTest;
        return Line.SendAsync(AlphaSignProtocol.Packet(options, options.Panels[panel].Address, AlphaSignProtocol.Content(shown, flash)), cancel);
    }
}
