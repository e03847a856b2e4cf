using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Displays.AlphaSign;

/// <summary>One sign, from its commands to what it shows. Its memory is kept without power, as the makers' is, unless it is told to lose it.</summary>
internal sealed class AlphaSignMachine(string address)
{
    private const char Label = 'A', FlashCode = '\a', CallCode = '\x10', FontCode = '\x1A', ModeCode = '\x1B', ColourCode = '\x1C';

    /// <summary>Type and size of each file that the memory is laid out for.</summary>
    private readonly Dictionary<char, (char Type, int Size)> _files = [];
    private readonly Dictionary<char, string> _contents = [];

    /// <summary>How often what is shown went dark because a TEXT file or the memory was written.</summary>
    public int Blanks { get; private set; }

    /// <summary>Commands that it does not know, or that write a file for which there is no room.</summary>
    public int Refused { get; private set; }

    public bool Powered { get; set; } = true;

    public string Address => address;

    public (string Text, bool Flash) Shown
    {
        get
        {
            if (!Powered || !_contents.TryGetValue(Label, out var text)) return ("", false);
            var shown = new StringBuilder();
            var flash = false;
            Run(text, calls: true, shown, ref flash);
            return (shown.ToString().Trim(), flash);
        }
    }

    /// <param name="to">Two digits; <c>?</c> stands for any.</param>
    public bool IsMeant(string to) => to == "00" || to.Zip(address).All(pair => pair.First == '?' || pair.First == pair.Second);

    public void ForgetAll()
    {
        _files.Clear();
        _contents.Clear();
    }

    public void Carry(string command)
    {
        if (!Powered) return;
        switch (command)
        {
            case ['E', '$', .. var entries]: LayOut(entries); break;
            case ['A', var label, .. var text] when Fits(label, 'A', text): (_contents[label], Blanks) = (text, Blanks + 1); break;
            case ['G', var label, .. var text] when Fits(label, 'B', text): _contents[label] = text; break;
            default: Refused++; break;
        }
    }

    private bool Fits(char label, char type, string text) => _files.TryGetValue(label, out var file) && file.Type == type && text.Length <= file.Size;

    /// <summary>Eleven characters a file: label, type, lock, four digits of size, four of time.</summary>
    private void LayOut(string entries)
    {
        ForgetAll();
        Blanks++;
        foreach (var entry in entries.Chunk(11).Select(characters => new string(characters)))
        {
            if (entry.Length == 11 && entry[1] is 'A' or 'B' or 'D' && int.TryParse(entry.AsSpan(3, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
                _files[entry[0]] = (entry[1], size);
            else Refused++;
        }
    }

    private void Run(string text, bool calls, StringBuilder shown, ref bool flash)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var argument = at + 1 < text.Length ? text[at + 1] : ' ';
            switch (text[at])
            {
                case ModeCode: at += 2; break;
                case FontCode or ColourCode: at++; break;
                case FlashCode:
                    // Told to blink anywhere in the text, it is seen to blink.
                    flash |= argument == '1';
                    at++;
                    break;
                case CallCode:
                    at++;
                    if (calls && _files.TryGetValue(argument, out var file) && file.Type == 'B') Run(_contents.GetValueOrDefault(argument, ""), calls: false, shown, ref flash);
                    break;
                case >= ' ' and var letter: shown.Append(letter); break;
            }
        }
    }
}
