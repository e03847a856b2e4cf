using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Kiosk.Bench.Hosting;

/// <summary>An answer as it came, chunks put together.</summary>
/// <param name="Body">Holds until the next answer of the same connection.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>What the answer says, for a message.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Null as long as it is not whole. A chunked body is joined in place, once it is there.</summary>
    /// <exception cref="IOException">It is no answer of HTTP/1.1, or it has neither a length nor chunks.</exception>
    public static HttpAnswer? TryRead(Memory<byte> received)
    {
        var text = received.Span;
        if (text.IndexOf(HeadEnd) is not (>= 0 and var end)) return null;
        var start = end + HeadEnd.Length;
        ReadOnlySpan<byte> head = text[..(end + LineEnd.Length)];
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _)) throw new IOException("This is no answer of HTTP/1.1.");

        if (Field(head, "\r\ncontent-length: "u8) is { IsEmpty: false } length)
        {
            var bytes = int.Parse(length, CultureInfo.InvariantCulture);
            return text.Length - start < bytes ? null : new(status, received.Slice(start, bytes));
        }

        if (!Field(head, "\r\ntransfer-encoding: "u8).SequenceEqual("chunked"u8)) throw new IOException("The answer has neither a length nor chunks.");
        if (Chunks(text[start..], join: false) is null) return null;
        return new(status, received.Slice(start, Chunks(text[start..], join: true)!.Value));
    }

    /// <summary>The text of a JSON member, or null where there is none. The first of that name; texts with escapes come as they are.</summary>
    public string? Member(string name)
    {
        Span<byte> wanted = stackalloc byte[name.Length + 4];
        var length = Encoding.ASCII.GetBytes($"\"{name}\":\"", wanted);
        var body = Body.Span;
        if (body.IndexOf(wanted[..length]) is not (>= 0 and var at)) return null;
        var value = body[(at + length)..];
        return Encoding.UTF8.GetString(value[..value.IndexOf((byte)'"')]);
    }

    // Names of headers come in any case: only their letters can be equal here.
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        for (var at = head.IndexOf(LineEnd); at >= 0 && at + name.Length <= head.Length;)
        {
            if (Ascii.EqualsIgnoreCase(head.Slice(at, name.Length), name))
            {
                var value = head[(at + name.Length)..];
                return value[..value.IndexOf(LineEnd)];
            }

            var next = head[(at + 1)..].IndexOf(LineEnd);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return default;
    }

    // Size in hexadecimal, line end, that many bytes, line end; the last has none (RFC 9112, 7.1).
    private static int? Chunks(Span<byte> text, bool join)
    {
        for (int at = 0, length = 0; ;)
        {
            var digits = text[at..].IndexOf(LineEnd);
            if (digits < 0) return null;
            if (!Utf8Parser.TryParse(text.Slice(at, digits), out int size, out _, 'x')) throw new IOException("The size of a chunk is no number.");
            at += digits + LineEnd.Length;
            if (text.Length < at + size + LineEnd.Length) return null;
            if (size == 0) return length;
            if (join) text.Slice(at, size).CopyTo(text[length..]);
            (length, at) = (length + size, at + size + LineEnd.Length);
        }
    }
}
