using Kiosk.Hardware.Cash.Ssp;

namespace Kiosk.Hardware.Tests.Cash.Ssp;

public sealed class SspFrameTests
{
    /// <summary>Packet examples of ITL GA138: SYNC, POLL, HOST PROTOCOL VERSION, SETUP REQUEST, and answers to them.</summary>
    [Theory]
    [InlineData("7F8001116582", true, "11")]
    [InlineData("7F8001F02380", true, "F0")]
    [InlineData("7F8001071202", true, "07")]
    [InlineData("7F800206080394", true, "0608")]
    [InlineData("7F800206090614", true, "0609")]
    [InlineData("7F8001F81000", true, "F8")]
    [InlineData("7F8001051D82", true, "05")]
    [InlineData("7F8003F0F1F8DC0C", true, "F0F1F8")]
    [InlineData("7F8004F0EE01EBB948", true, "F0EE01EB")]
    public void Frames_are_those_of_the_manual(string hex, bool sequence, string data)
    {
        var frame = new SspFrame(0, sequence, Convert.FromHexString(data));

        Assert.Equal(hex, Convert.ToHexString(frame.ToBytes()));
        Assert.Equal(data, Convert.ToHexString(Assert.Single(Received(Convert.FromHexString(hex))).Data));
    }

    [Fact]
    public void Every_7F_behind_the_start_is_sent_twice_and_read_as_one()
    {
        var frame = new SspFrame(0x7F & 0x7D, false, [0xF0, 0x7F, 0x7F, 0x01]);

        var bytes = frame.ToBytes();

        Assert.Equal([0x7F, 0x7D, 0x04, 0xF0, 0x7F, 0x7F, 0x7F, 0x7F, 0x01], bytes[..9]);
        Assert.Equal(frame.Data, Assert.Single(Received(bytes)).Data);
    }

    [Fact]
    public void Checksum_that_holds_a_7F_is_stuffed_too()
    {
        var found = Enumerable.Range(0, 65536).Select(word => new SspFrame(0, true, [0xF0, (byte)word, (byte)(word >> 8)]))
            .Where(frame => !frame.Data.Contains(SspFrame.Start) && frame.ToBytes().Skip(1).Contains(SspFrame.Start)).Take(20).ToList();

        Assert.Equal(20, found.Count);
        Assert.All(found, frame => Assert.Equal(frame.Data, Assert.Single(Received(frame.ToBytes())).Data));
    }

    [Fact]
    public void Frame_with_a_wrong_bit_anywhere_is_none()
    {
        var good = new SspFrame(3, true, [0xF0, 0xEE, 0x02]).ToBytes();
        for (var bit = 8; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Empty(Received(bad));
        }
    }

    [Fact]
    public void Good_frame_is_found_behind_any_rubbish()
    {
        var random = new Random(20260105);
        var good = new SspFrame(0, false, [0xF0, 0xEF, 0x04]);
        for (var round = 0; round < 5000; round++)
        {
            var rubbish = new byte[random.Next(40)];
            random.NextBytes(rubbish);

            // A lone 7F before it would make its start one of the data; the host asks again then.
            if (rubbish.Length > 0 && rubbish[^1] == SspFrame.Start) rubbish[^1] = 0;
            Assert.Contains(Received([.. rubbish, .. good.ToBytes()]), frame => frame.Data.SequenceEqual(good.Data) && !frame.Sequence);
        }
    }

    [Fact]
    public void Random_data_survive_the_line()
    {
        var random = new Random(7);
        for (var round = 0; round < 5000; round++)
        {
            var data = new byte[random.Next(1, 256)];
            random.NextBytes(data);
            if (round % 2 == 0) Array.Fill(data, SspFrame.Start, 0, data.Length / 2);
            var frame = new SspFrame((byte)random.Next(SspProtocol.MostAddress + 1), random.Next(2) == 0, data);

            var received = Assert.Single(Received(frame.ToBytes()));

            Assert.Equal((frame.Address, frame.Sequence), (received.Address, received.Sequence));
            Assert.Equal(frame.Data, received.Data);
        }
    }

    [Fact]
    public void Events_are_read_in_order_and_an_unknown_one_ends_them()
    {
        Assert.Equal([new(SspEventCode.Credit, 1), new(SspEventCode.Stacked)], SspEvent.Read([0xEE, 0x01, 0xEB], out var stray));
        Assert.Null(stray);

        Assert.Equal([new(SspEventCode.Reset)], SspEvent.Read([0xF1, 0x33, 0xEE, 0x01], out stray));
        Assert.Equal<byte?>(0x33, stray);

        Assert.Empty(SspEvent.Read([0xEE], out stray));
        Assert.Equal<byte?>(0xEE, stray);
    }

    [Fact]
    public void Random_bytes_are_never_more_than_events_and_a_setup_that_is_none()
    {
        var random = new Random(11);
        for (var round = 0; round < 20000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);

            SspEvent.Read(bytes, out _);
            SspCounters.Read(bytes);
            if (SspSetup.Read(bytes, out var mistake) is { } setup) Assert.All(setup.Channels, channel => Assert.True(channel.Minor > 0));
            else Assert.StartsWith("SETUP REQUEST", mistake, StringComparison.Ordinal);
        }
    }

    private static List<SspFrame> Received(byte[] bytes)
    {
        var receiver = new SspReceiver();
        return [.. bytes.Select(receiver.Take).OfType<SspFrame>()];
    }
}
