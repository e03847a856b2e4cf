using System.Globalization;

namespace Kiosk.Hardware.Displays.AlphaSign;

/// <summary>The serial port of the signs on a line: byte by byte to frames, as each sign does it for itself.</summary>
/// <param name="types">Type codes it answers to.</param>
/// <param name="carry">Address and command of each frame that arrived whole.</param>
internal sealed class AlphaSignReceiver(string types, Action<string, string> carry)
{
    private const byte Soh = 0x01, Stx = 0x02, Etx = 0x03, Eot = 0x04;
    private const int MostBytes = 512, HeaderBytes = 3, ChecksumDigits = 4, NullsNeeded = 5;

    private readonly List<byte> _field = [];
    private string _header = "", _command = "";
    private int _nulls, _sum;
    private Step _step = Step.Quiet;

    private enum Step
    {
        Quiet,
        Header,
        Command,
        Checksum,
    }

    /// <summary>Frames that broke off, had a wrong checksum, or a byte where none may be.</summary>
    public int BadFrames { get; private set; }

    public void Receive(byte value)
    {
        if (value == Soh && _nulls >= NullsNeeded)
        {
            if (_step is not Step.Quiet) BadFrames++;
            Enter(Step.Header);
        }
        else if (_field.Count >= MostBytes) Break();
        else Take(value);

        _nulls = value == 0 ? _nulls + 1 : 0;
    }

    public void LosePower()
    {
        _nulls = 0;
        Enter(Step.Quiet);
    }

    private void Take(byte value)
    {
        switch (_step)
        {
            case Step.Quiet: break;
            case Step.Header when value == Stx && _field.Count == HeaderBytes:
                _header = Text();
                _sum = Stx;
                Enter(Step.Command);
                break;
            case Step.Header when _field.Count < HeaderBytes && value > Eot: _field.Add(value); break;
            case Step.Command when value == Etx:
                _sum += Etx;
                _command = Text();
                Enter(Step.Checksum);
                break;
            case Step.Command when value == Eot:
                _command = Text();
                Carry();
                break;
            case Step.Command when value > Eot:
                _sum += value;
                _field.Add(value);
                break;
            case Step.Checksum when _field.Count < ChecksumDigits && char.IsAsciiHexDigit((char)value): _field.Add(value); break;
            case Step.Checksum when value == Eot && _field.Count == ChecksumDigits && Text() == (_sum & 0xFFFF).ToString("X4", CultureInfo.InvariantCulture): Carry(); break;
            default: Break(); break;
        }
    }

    private void Carry()
    {
        if (types.Contains(_header[0], StringComparison.Ordinal)) carry(_header[1..], _command);
        Enter(Step.Quiet);
    }

    private void Break()
    {
        BadFrames++;
        Enter(Step.Quiet);
    }

    private void Enter(Step step)
    {
        _step = step;
        _field.Clear();
    }

    private string Text() => string.Concat(_field.Select(value => (char)value));
}
