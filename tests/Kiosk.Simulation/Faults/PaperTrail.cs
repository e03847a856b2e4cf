using System.Text.Json.Nodes;
using Kiosk.Firmware.Devices;

namespace Kiosk.Simulation.Faults;

/// <summary>What came out of the printers, cut by cut, as the emulators show it: an original or a COPY of which number.</summary>
internal sealed class PaperTrail(IDeviceDirectory devices, IReadOnlyList<string> printers)
{
    /// <summary>As long as an emulator keeps what came out.</summary>
    private const int Kept = 20;

    /// <summary>Marks what came out in halves: half a ticket is none.</summary>
    private static readonly string[] Void = ["作废", "作廢", "VOID"];

    private readonly List<string> _wrong = [];
    private readonly HashSet<(string Number, int Copy)> _torn = [];
    private readonly Dictionary<string, int> _read = printers.ToDictionary(printer => printer, _ => 0);
    private readonly List<(string Number, int Copy)> _slips = [];

    /// <summary>First halves that were torn off with the end of a roll.</summary>
    public IReadOnlySet<(string Number, int Copy)> Torn => _torn;

    /// <summary>Pieces of paper that nobody should get.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Whole slips. Copy 0 is the original.</summary>
    public IReadOnlyList<(string Number, int Copy)> Slips => _slips;

    /// <exception cref="InvalidOperationException">More came out since the last look than the emulator keeps.</exception>
    public void Look()
    {
        foreach (var view in devices.Devices.Where(view => printers.Contains(view.Id)))
        {
            var (look, read) = (view.Look!, _read[view.Id]);
            var (count, paper) = ((int)look["slips"]!, look["paper"]!.AsArray());
            if (count - read > Kept) throw new InvalidOperationException($"{view.Id} printed {count - read} slips between two looks; {Kept} are kept.");
            if (count < read) continue;
            foreach (var slip in paper.Skip(paper.Count - (count - read))) Read(slip!.AsArray());
            _read[view.Id] = count;
        }
    }

    private void Read(JsonArray slip)
    {
        var texts = slip.Where(line => line!["runs"] is not null).Select(line => string.Concat(line!["runs"]!.AsArray().Select(run => (string)run!["text"]!)).Trim()).ToList();
        var numbers = texts.Where(text => text.Length == 4 && char.IsAsciiLetterUpper(text[0]) && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0).ToList();
        if (numbers.Count > 1) _wrong.Add($"{string.Join(" and ", numbers)} came out on one piece of paper");
        if (numbers.Count == 0 || texts.Intersect(Void).Any()) return;
        var found = (numbers[0], texts.Select(Copy).FirstOrDefault(copy => copy > 0));
        if (slip[^1]!["torn"] is not null) _torn.Add(found);
        else _slips.Add(found);
    }

    // "补打 1", "補印 1", "COPY 1".
    private static int Copy(string text) =>
        text.Split(' ') is [("补打" or "補印" or "COPY"), var index] && int.TryParse(index, out var copy) ? copy : 0;
}
