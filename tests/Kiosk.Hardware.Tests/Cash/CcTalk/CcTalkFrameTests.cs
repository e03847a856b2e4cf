using System.Text;
using Kiosk.Hardware.Cash.CcTalk;

namespace Kiosk.Hardware.Tests.Cash.CcTalk;

public sealed class CcTalkFrameTests
{
    /// <summary>The simple poll and its answer, and a question for events with the answer of a maker's manual (Azkoyen Modular X6, section 5.20).</summary>
    [Theory]
    [InlineData(2, 1, 254, "", "020001FEFF")]
    [InlineData(1, 2, 0, "", "01000200FD")]
    [InlineData(2, 1, 229, "", "020001E518")]
    [InlineData(1, 2, 0, "0606040014001706040D02", "010B02000606040014001706040D029E")]
    [InlineData(40, 1, 153, "03", "28010199033A")]
    public void Frames_with_the_simple_sum(byte to, byte from, byte header, string data, string frame) =>
        Assert.Equal(frame, Convert.ToHexString(CcTalkFrame.Build(to, from, header, Convert.FromHexString(data), crc: false)));

    /// <summary>Everything but the CRC itself is under it: the address, the length, the header and the data.</summary>
    [Fact]
    public void Frame_with_a_crc_has_its_halves_in_the_senders_place_and_at_the_end()
    {
        var frame = CcTalkFrame.Build(40, 1, 254, [], crc: true);

        var crc = Kiosk.Hardware.Links.Crc16.Xmodem.Of(40, 0, 254);
        Assert.Equal([40, 0, (byte)crc, 254, (byte)(crc >> 8)], frame);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Frame_is_found_among_noise_and_any_broken_byte_of_it_is_noticed(bool crc)
    {
        var frame = CcTalkFrame.Build(1, 40, 0, [1, 2, 3], crc);

        Assert.Equal([1, 2, 3], CcTalkFrame.Find([0xFF, 0x9B, 0x80, .. frame, 7], 1, 40, crc, out var end)!.Value.Data);
        Assert.Equal(3 + frame.Length, end);
        for (var i = 0; i < frame.Length; i++)
        {
            Assert.Null(CcTalkFrame.Find(frame.AsSpan(0, i), 1, 40, crc, out _));
            byte[] broken = [.. frame];
            broken[i] ^= 0x10;
            Assert.Null(CcTalkFrame.Find(broken, 1, 40, crc, out _));
        }
    }

    [Theory]
    [InlineData("CN100A", "CN", 100L)]
    [InlineData("CN010B", "CN", 10L)]
    [InlineData("EU200A", "EU", 200L)]
    [InlineData("JP1K0A", "JP", 1000L)]
    [InlineData("JP2K5A", "JP", 2500L)]
    [InlineData("JP10KA", "JP", 10_000L)]
    [InlineData("JPK50A", "JP", 500L)]
    [InlineData("EU200A", "CN", null)]
    [InlineData("......", "CN", null)]
    [InlineData("TK100A", "CN", null)]
    [InlineData("CN.50A", "CN", null)]
    [InlineData("CN000A", "CN", null)]
    [InlineData("CN100", "CN", null)]
    public void Coins_by_what_they_call_themselves(string id, string country, long? minor) =>
        Assert.Equal(minor, CcTalkIds.Coin(Encoding.ASCII.GetBytes(id), country));

    [Theory]
    [InlineData("CN0100A", 100, 2, 2, 10_000L)]
    [InlineData("CN0005B", 100, 2, 2, 500L)]
    [InlineData("CN0001A", 1000, 3, 2, 100L)]
    [InlineData("CN0001A", 1, 0, 2, 100L)]
    [InlineData("CN0001A", 1, 3, 2, null)]
    [InlineData("CN0000A", 100, 2, 2, null)]
    [InlineData("US0100A", 100, 2, 2, null)]
    [InlineData(".......", 100, 2, 2, null)]
    public void Notes_by_what_they_call_themselves(string id, int factor, int places, int decimals, long? minor) =>
        Assert.Equal(minor, CcTalkIds.Note(Encoding.ASCII.GetBytes(id), "CN", (factor, places), decimals));

    [Theory]
    [InlineData(23, 23, 0)]
    [InlineData(104, 102, 2)]
    [InlineData(1, 255, 1)]
    [InlineData(3, 253, 5)]
    [InlineData(54, 48, 6)]
    [InlineData(0, 67, 0)]
    [InlineData(2, 0, 2)]
    public void New_events_are_counted_over_the_wrap(int counter, int seen, int count)
    {
        var events = new CcTalkEvents(counter, [(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)]);

        Assert.Equal(count, events.CountSince(seen));
        Assert.Equal(Enumerable.Range(1, Math.Min(count, 5)).Reverse(), events.Since(seen).Select(one => (int)one.A));
        Assert.All(events.Since(seen), one => Assert.InRange(one.Counter, 1, 255));
    }

    [Theory]
    [InlineData("17/203/4711", 17L, 203, 4711)]
    [InlineData("1/0/-", 1L, 0, null)]
    public void Mark_is_read_as_it_was_written(string text, long number, int counter, int? accepted)
    {
        Assert.Equal(new CcTalkMark(number, counter, accepted), CcTalkMark.Parse(text));
        Assert.Equal(text, new CcTalkMark(number, counter, accepted).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("1/256/3")]
    [InlineData("a/b/c")]
    public void Mark_of_another_driver_is_none(string? text) => Assert.Null(CcTalkMark.Parse(text));
}
