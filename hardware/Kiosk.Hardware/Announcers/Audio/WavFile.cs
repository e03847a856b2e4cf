using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Kiosk.Hardware.Announcers.Audio;

/// <param name="Sound">Null where there is a mistake.</param>
/// <param name="Mistake">What is wrong and what is allowed; empty where nothing is.</param>
public readonly record struct WavReading(Sound? Sound, string Mistake);

/// <summary>
/// RIFF WAVE with PCM of 16 bit, one channel. Layout: Multimedia Programming Interface and Data Specifications 1.0 (IBM, Microsoft, 1991), "Waveform
/// Audio File Format"; the extensible header: Microsoft, WAVEFORMATEXTENSIBLE.
/// </summary>
public static class WavFile
{
    /// <summary>A minute at 48 kHz is 5.8 MB: more is no announcement.</summary>
    public const int MostBytes = 8 << 20;

    private const int HeaderBytes = 44, Pcm = 1, Extensible = 0xFFFE, ShortestFormat = 16, LongFormat = 40, SubFormatAt = 24;

    /// <param name="streamed">From a program that did not know the length when it wrote the header: the data go on to the end.</param>
    public static WavReading Read(ReadOnlySpan<byte> file, bool streamed = false)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8)) return Wrong("is not a WAV file");
        var rate = 0;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var id = file.Slice(at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var body = file[(at + 8)..];
            if (id.SequenceEqual("data"u8)) return Data(body, length, rate, streamed);
            if (length > body.Length) return Wrong("is cut off");
            if (id.SequenceEqual("fmt "u8) && Format(body[..(int)length], out rate) is { } mistake) return Wrong(mistake);

            // Chunks begin at even places.
            at += 8 + (int)length + (int)(length & 1);
        }

        return Wrong("has no data chunk: it is cut off");
    }

    public static byte[] Write(Sound sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
        var data = MemoryMarshal.AsBytes(sound.Samples.Span);
        var file = new byte[HeaderBytes + data.Length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), ShortestFormat);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), Pcm);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), sound.Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), sound.Rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), data.Length);
        data.CopyTo(file.AsSpan(HeaderBytes));
        return file;
    }

    private static string? Format(ReadOnlySpan<byte> format, out int rate)
    {
        rate = 0;
        if (format.Length < ShortestFormat) return "has a format chunk that is too short";
        var kind = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (kind == Extensible && format.Length >= LongFormat) kind = BinaryPrimitives.ReadUInt16LittleEndian(format[SubFormatAt..]);
        if (kind != Pcm) return $"has coding {kind}; allowed: 1, plain PCM";
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        if (channels != 1) return $"has {channels} channels; allowed: 1";
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (bits != 16) return $"has {bits} bits a sample; allowed: 16";
        var found = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        if (!Sound.Rates.Contains((int)Math.Min(found, int.MaxValue))) return $"has {found} samples a second; allowed: {string.Join(", ", Sound.Rates)}";
        rate = (int)found;
        return null;
    }

    private static WavReading Data(ReadOnlySpan<byte> body, uint length, int rate, bool streamed)
    {
        if (rate == 0) return Wrong("has data before their format");
        if (streamed) length = (uint)Math.Min(length, body.Length & ~1);
        if (length > body.Length) return Wrong($"is cut off: {body.Length} of {length} bytes");
        if (length % sizeof(short) != 0) return Wrong("ends within a sample");
        return new(new Sound(rate, MemoryMarshal.Cast<byte, short>(body[..(int)length]).ToArray()), "");
    }

    private static WavReading Wrong(string mistake) => new(null, mistake);
}
