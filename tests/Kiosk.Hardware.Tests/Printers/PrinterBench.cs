using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Printers;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>A printer on the bench: its emulator, and a way to open a driver over a wire to it.</summary>
internal abstract class PrinterBench : IAsyncDisposable
{
    public ManualTime Time { get; } = new();

    public abstract IEmulator Emulator { get; }

    public abstract Task<ITicketPrinter> OpenAsync();

    /// <summary>The cable is pulled.</summary>
    public abstract Task UnplugAsync();

    public abstract ValueTask DisposeAsync();

    public void Do(string control, object arguments) => Emulator.Do(control, JsonSerializer.SerializeToElement(arguments));

    /// <summary>The text of each slip that was cut or torn off, lines joined by a bar.</summary>
    public IReadOnlyList<string> Slips => [.. Emulator.Look()["paper"]!.AsArray().Select(slip => TextOf(slip!.AsArray()))];

    public int SlipCount => Emulator.Look()["slips"]!.GetValue<int>();

    /// <summary>Completes when the emulator looks like this.</summary>
    public async Task LooksAsync(Func<JsonObject, bool> wanted)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (wanted(Emulator.Look())) done.TrySetResult();
        }

        Emulator.Changed += Look;
        Look();
        await done.Task;
        Emulator.Changed -= Look;
    }

    private static string TextOf(JsonArray lines) => string.Join("|", lines.Select(line => line switch
    {
        _ when line!["runs"] is JsonArray runs => string.Concat(runs.Select(run => run!["text"]!.GetValue<string>())),
        _ when line["qr"] is { } qr => $"[{qr.GetValue<string>()}]",
        _ when line["torn"] is not null => "[torn]",
        _ => "[picture]",
    }));
}
