using System.Text;
using Microsoft.Win32.SafeHandles;
using static Kiosk.Hardware.Links.GpioAbi;
using static Kiosk.Hardware.Links.KernelCalls;

namespace Kiosk.Hardware.Links;

/// <summary>Lines of a chip of this board, by the kernel's character device.</summary>
internal sealed class GpioLines : IGpioLines
{
    private const string Devices = "/dev", ChipPrefix = "gpiochip", Consumer = "kiosk";
    private readonly string _chip;
    private readonly ulong _mask;

    private GpioLines(string chip, SafeFileHandle events, IReadOnlyList<uint> offsets)
    {
        _chip = chip;
        Events = events;
        Offsets = offsets;
        _mask = Mask(offsets.Count);
    }

    public SafeFileHandle Events { get; }

    public IReadOnlyList<uint> Offsets { get; }

    /// <param name="chip">The chip's label, as gpiodetect shows it; or its name <c>gpiochip0</c>; or its path.</param>
    /// <exception cref="DeviceLostException">No such chip or line, it is taken, or access is denied.</exception>
    public static GpioLines Open(string chip, GpioRequest request)
    {
        var (file, path) = OpenChip(chip);
        using (file)
        {
            var offsets = OffsetsOf(file, path, request.Lines);
            return new GpioLines(path, RequestLines(file, path, offsets, request), offsets);
        }
    }

    /// <param name="activeLow">True where a lamp is lit by pulling its line down.</param>
    /// <exception cref="DeviceLostException">No such chip or line, it is taken, or access is denied.</exception>
    public static IGpioOutputs OpenOutputs(string chip, IReadOnlyList<string> lines, bool activeLow)
    {
        var (file, path) = OpenChip(chip);
        using (file)
        {
            var offsets = OffsetsOf(file, path, lines);

            // No output values are given: the kernel begins with all of them inactive.
            var request = new LineRequest { Config = new LineConfig { Flags = Output | (activeLow ? ActiveLow : 0) } };
            return new Outputs(path, RequestLines(file, path, offsets, lines, ref request), Mask(offsets.Length));
        }
    }

    public unsafe ulong ReadLevels()
    {
        var values = new LineValues { Mask = _mask };
        if (Control(Events, GetValues, &values) < 0) throw Failure($"levels of {_chip}");
        return values.Bits;
    }

    public void Dispose() => Events.Dispose();

    private static ulong Mask(int lines) => lines == MostLines ? ulong.MaxValue : (1UL << lines) - 1;

    private static (SafeFileHandle File, string Path) OpenChip(string chip)
    {
        if (chip.StartsWith('/')) return (OpenFile(chip), chip);
        var node = $"{Devices}/{chip}";
        return chip.StartsWith(ChipPrefix, StringComparison.Ordinal) && File.Exists(node) ? (OpenFile(node), node) : OpenByLabel(chip);
    }

    private static (SafeFileHandle File, string Path) OpenByLabel(string chip)
    {
        var labels = new List<string>();
        var found = new List<(SafeFileHandle File, string Path)>();
        DeviceLostException? closed = null;
        foreach (var path in Directory.EnumerateFiles(Devices, ChipPrefix + "*").Order(StringComparer.Ordinal))
        {
            var file = OpenNode(path, ReadWrite | CloseOnExec);
            if (file.IsInvalid)
            {
                closed ??= Failure($"open {path}");
                file.Dispose();
                continue;
            }

            var label = LabelOf(file, path);
            labels.Add(label);
            if (label == chip) found.Add((file, path));
            else file.Dispose();
        }

        if (found.Count == 1) return found[0];
        found.ForEach(match => match.File.Dispose());
        var matches = string.Join(", ", found.Select(match => match.Path));
        if (found.Count > 1) throw new DeviceLostException(DeviceFault.NotUnderstood, $"{matches} share the label {chip}: name one by its path");

        // A chip that may not be opened may be the one that is looked for.
        var others = labels.Count == 0 ? "there is none" : $"there are: {string.Join(", ", labels)}";
        throw closed ?? new DeviceLostException(DeviceFault.Disconnected, $"no GPIO chip is labelled {chip}; {others}");
    }

    private static SafeFileHandle OpenFile(string path)
    {
        var file = OpenNode(path, ReadWrite | CloseOnExec);
        if (!file.IsInvalid) return file;
        var failure = Failure($"open {path}");
        file.Dispose();
        throw failure;
    }

    private static unsafe string LabelOf(SafeFileHandle file, string path)
    {
        ChipInfo info = default;
        return Control(file, GetChipInfo, &info) < 0 ? throw Failure($"chip info of {path}") : Text(info.Label);
    }

    private static unsafe uint[] OffsetsOf(SafeFileHandle file, string path, IReadOnlyList<string> lines)
    {
        ChipInfo chip = default;
        if (Control(file, GetChipInfo, &chip) < 0) throw Failure($"chip info of {path}");
        var count = chip.Lines;

        var byName = new Dictionary<string, List<uint>>();
        for (uint offset = 0; offset < count; offset++)
        {
            var info = new LineInfo { Offset = offset };
            if (Control(file, GetLineInfo, &info) < 0) throw Failure($"line {offset} of {path}");
            var name = Text(info.Name);
            if (!byName.TryGetValue(name, out var offsets)) byName[name] = offsets = [];
            offsets.Add(offset);
        }

        return [.. lines.Select(line => OffsetOf(line, path, count, byName))];
    }

    private static uint OffsetOf(string line, string path, uint count, Dictionary<string, List<uint>> byName)
    {
        if (line.StartsWith(GpioRequest.OffsetPrefix, StringComparison.Ordinal))
        {
            var offset = uint.Parse(line.AsSpan(GpioRequest.OffsetPrefix.Length), System.Globalization.CultureInfo.InvariantCulture);
            return offset < count
                ? offset
                : throw new DeviceLostException(DeviceFault.NotUnderstood, $"{path} has lines 0 to {count - 1}, not {offset}");
        }

        return byName.GetValueOrDefault(line) switch
        {
            [var only] => only,
            null => throw new DeviceLostException(DeviceFault.NotUnderstood, $"{path} has no line named {line}"),
            _ => throw new DeviceLostException(DeviceFault.NotUnderstood, $"{path} has several lines named {line}: use {GpioRequest.OffsetPrefix}N"),
        };
    }

    private static unsafe SafeFileHandle RequestLines(SafeFileHandle file, string path, uint[] offsets, GpioRequest asked)
    {
        LineRequest request = default;
        request.EventBufferSize = GpioRequest.EventBuffer;
        request.Config.Flags = Input | EdgeRising | EdgeFalling | (asked.ActiveLow ? ActiveLow : 0) | (asked.PullUp ? PullUp : 0);
        if (asked.Debounce > TimeSpan.Zero)
        {
            request.Config.AttributeCount = 1;
            request.Config.Attributes[0] = new LineAttribute
            {
                Id = DebounceAttribute,
                Value = (uint)asked.Debounce.TotalMicroseconds,
                Lines = Mask(offsets.Length),
            };
        }

        return RequestLines(file, path, offsets, asked.Lines, ref request);
    }

    private static unsafe SafeFileHandle RequestLines(SafeFileHandle file, string path, uint[] offsets, IReadOnlyList<string> names, ref LineRequest request)
    {
        for (var i = 0; i < offsets.Length; i++) request.Offsets[i] = offsets[i];
        fixed (byte* consumer = request.Consumer) Encoding.ASCII.GetBytes(Consumer, new Span<byte>(consumer, NameBytes));
        request.LineCount = (uint)offsets.Length;
        fixed (LineRequest* asked = &request)
        {
            if (Control(file, GetLines, asked) >= 0) return new SafeFileHandle(request.Descriptor, ownsHandle: true);
        }

        var errno = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        throw Failure($"lines {string.Join(", ", names)} of {path}{Owners(file, offsets)}", errno);
    }

    /// <summary>Who has the lines: a technician's first question at EBUSY.</summary>
    private static unsafe string Owners(SafeFileHandle file, uint[] offsets)
    {
        var owners = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var offset in offsets)
        {
            var info = new LineInfo { Offset = offset };
            if (Control(file, GetLineInfo, &info) == 0 && Text(info.Consumer) is { Length: > 0 } owner) owners.Add(owner);
        }

        return owners.Count == 0 ? "" : $" (used by {string.Join(", ", owners)})";
    }

    private static unsafe string Text(byte* field)
    {
        var bytes = new ReadOnlySpan<byte>(field, NameBytes);
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private sealed class Outputs(string chip, SafeFileHandle file, ulong mask) : IGpioOutputs
    {
        public unsafe void Write(ulong active)
        {
            var values = new LineValues { Mask = mask, Bits = active };
            if (Control(file, SetValues, &values) < 0) throw Failure($"lamps of {chip}");
        }

        public void Dispose()
        {
            // A line that is given back keeps its level on most chips.
            try
            {
                if (!file.IsClosed) Write(0);
            }
            catch (DeviceLostException)
            {
                // The chip is gone, and its lamps with it.
            }

            file.Dispose();
        }
    }
}
