using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Id003;

namespace Kiosk.Hardware.Tests.Cash.Id003;

public sealed class Id003FrameTests
{
    /// <summary>Messages as controllers and acceptors send them: status request, RESET, STACK-1, RETURN, ACK, INHIBIT, denominations, CURRENCY ASSIGN REQUEST.</summary>
    [Theory]
    [InlineData("FC05112756", 0x11, "")]
    [InlineData("FC05402B15", 0x40, "")]
    [InlineData("FC0541A204", 0x41, "")]
    [InlineData("FC0543B027", 0x43, "")]
    [InlineData("FC0550AA05", 0x50, "")]
    [InlineData("FC06C30004D6", 0xC3, "00")]
    [InlineData("FC06C3018DC7", 0xC3, "01")]
    [InlineData("FC07C000002DB5", 0xC0, "0000")]
    [InlineData("FC07C08200510A", 0xC0, "8200")]
    [InlineData("FC06C200DCCF", 0xC2, "00")]
    [InlineData("FC058A7D7C", 0x8A, "")]
    public void Messages_are_those_of_the_specification(string hex, byte code, string data)
    {
        Assert.Equal(hex, Convert.ToHexString(new Id003Frame(code, Convert.FromHexString(data)).ToBytes()));
        var frame = Assert.Single(Received(Convert.FromHexString(hex)));
        Assert.Equal((code, data), (frame.Code, Convert.ToHexString(frame.Data)));
    }

    [Fact]
    public void Message_with_a_wrong_bit_anywhere_is_none()
    {
        var good = new Id003Frame(0x13, 0x64).ToBytes();
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Empty(Received(bad));
        }
    }

    [Fact]
    public void Good_message_is_found_behind_any_rubbish_once_what_the_rubbish_began_is_over()
    {
        var random = new Random(20260105);
        var good = new Id003Frame(0x13, 0x65).ToBytes();
        for (var round = 0; round < 5000; round++)
        {
            var rubbish = new byte[random.Next(40)];
            random.NextBytes(rubbish);

            // A start in the rubbish waits for as many bytes as the longest message has.
            byte[] all = [.. rubbish, .. good, .. new byte[Id003Frame.Longest]];
            Assert.Contains(Received(all), frame => frame.Code == 0x13 && frame.Data is [0x65]);
        }
    }

    [Fact]
    public void Random_data_survive_the_line()
    {
        var random = new Random(7);
        for (var round = 0; round < 5000; round++)
        {
            var data = new byte[random.Next(Id003Frame.Longest - Id003Frame.Shortest + 1)];
            random.NextBytes(data);
            if (round % 2 == 0) Array.Fill(data, Id003Frame.Start, 0, data.Length / 2);

            var frame = Assert.Single(Received(new Id003Frame((byte)round, data).ToBytes()));

            Assert.Equal((byte)round, frame.Code);
            Assert.Equal(data, frame.Data);
        }
    }

    [Fact]
    public void Denominations_are_read_from_the_table_of_the_device()
    {
        // 61h is not used; 62h: 5, 63h: 1 × 10, 68h: 5 × 100.
        var table = Convert.FromHexString("61000000" + "624F0500" + "634F0101" + "684F0502");

        Assert.Equal([new(2, 500, "EUR"), new(3, 1_000, "EUR"), new(8, 50_000, "EUR")], Id003Currency.Read(table, "EUR", 2, out _)!);
        Assert.Equal(new CashChannel(3, 10, "JPY"), Id003Currency.Read(table, "JPY", 0, out _)![1]);
    }

    [Theory]
    [InlineData("5A4F0101")]
    [InlineData("634F01FF")]
    [InlineData("634F0101634F0501")]
    public void Table_that_cannot_be_one_is_refused(string hex)
    {
        Assert.Null(Id003Currency.Read(Convert.FromHexString(hex), "EUR", 2, out var mistake));
        Assert.StartsWith("CURRENCY ASSIGN has code", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_tables_have_values_or_are_refused()
    {
        var random = new Random(11);
        for (var round = 0; round < 20000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            for (var at = 0; at < bytes.Length; at += 4) bytes[at] = (byte)(0x61 + (bytes[at] % 16));

            Assert.All(Id003Currency.Read(bytes, "CNY", 2, out _) ?? [], channel => Assert.True(channel.Minor > 0));
        }
    }

    [Theory]
    [InlineData("37:told", 37, false)]
    [InlineData("37:taken", 37, true)]
    [InlineData(null, 0, true)]
    [InlineData("4512087:1204:37", 0, true)]
    public void Mark_is_read_as_it_was_written_and_a_strange_one_is_none(string? text, long number, bool taken) =>
        Assert.Equal((number, taken), (Id003Mark.Read(text).Number, Id003Mark.Read(text).Taken));

    private static List<Id003Frame> Received(byte[] bytes)
    {
        var receiver = new Id003Receiver();
        return [.. bytes.Select(receiver.Take).OfType<Id003Frame>()];
    }
}
