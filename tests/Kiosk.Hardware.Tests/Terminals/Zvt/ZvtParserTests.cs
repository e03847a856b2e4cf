using System.Text;
using Kiosk.Hardware.Terminals;
using Kiosk.Hardware.Terminals.Zvt;
using Kiosk.Hardware.Terminals.Zvt.Emulation;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

public sealed class ZvtParserTests
{
    [Fact]
    public void Message_is_framed_on_a_serial_line_with_10h_doubled_and_the_check_over_what_was_not()
    {
        // Worked out by another program, from the parameters in the catalogue of CRC algorithms.
        Assert.Equal("10028000001003F51F", Convert.ToHexString(new DleFraming().Wrap(ZvtProtocol.Yes)));
        Assert.Equal("10020610100110101003EF05", Convert.ToHexString(new DleFraming().Wrap(Apdu.Of(0x0610, 0x10))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    public void Message_of_any_length_comes_back_in_any_pieces_from_both_framings(int length)
    {
        var data = new byte[length];
        new Random(length).NextBytes(data);
        foreach (IZvtFraming framing in new IZvtFraming[] { new PlainFraming(), new DleFraming() })
        {
            byte[] wire = [.. framing.Wrap(new Apdu(0x04FF, [1])), .. framing.Wrap(new Apdu(0x06D1, data)), .. framing.Wrap(new Apdu(0x060F, []))];
            var heard = wire.Select(framing.Receive).OfType<WireSign.Message>().Select(message => message.Apdu).ToList();

            Assert.Equal([0x04FF, 0x06D1, 0x060F], heard.Select(apdu => (int)apdu.Command));
            Assert.Equal(data, heard[1].Data);
            Assert.False(framing.Midway);
        }
    }

    [Fact]
    public void Length_from_255_on_is_written_low_byte_first()
    {
        Assert.Equal("0601FF0001", Convert.ToHexString(new Apdu(0x0601, new byte[256]).ToBytes())[..10]);
        Assert.Equal("0601FFFF00", Convert.ToHexString(new Apdu(0x0601, new byte[255]).ToBytes())[..10]);
        Assert.Equal("0601FE", Convert.ToHexString(new Apdu(0x0601, new byte[254]).ToBytes())[..6]);
    }

    [Fact]
    public void Each_single_bit_that_is_turned_on_the_line_makes_a_frame_no_message()
    {
        var wire = new DleFraming().Wrap(ZvtProtocol.NotYet);
        for (var bit = 0; bit < wire.Length * 8; bit++)
        {
            var damaged = (byte[])wire.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.DoesNotContain(damaged.Select(new DleFraming().Receive), sign => sign is WireSign.Message);
        }
    }

    [Fact]
    public void Status_is_read_field_by_field()
    {
        var status = StatusInformation.Read(Hex("2700 04000000004210 490978 0B001234 0C123456 0D1122 0E2912 22F0F8EEEEEEEEEEEE4242 2952500038 870008 8A05 8BF0F9 6769726F6361726400 3B3030313233343536"));

        Assert.Equal(
            new StatusInformation(0, 4210, 978, 8, 1234, "52500038", "•••• 4242", "girocard", "00123456", false, null, null), status);
        Assert.True(status!.Approved);
    }

    [Theory]
    [InlineData("6228480012344242", "•••• 4242")]
    [InlineData("622848001234424F", "•••• 4424")]
    [InlineData("EEEEEEEEEEEEE424", "••••")]
    [InlineData("42FF", "")]
    [InlineData("4242", "")]
    public void Card_number_leaves_the_parser_with_four_digits_at_most(string packed, string shown)
    {
        var bytes = Hex(packed);
        var fields = BmpReader.Read([0x22, 0xF0, (byte)(0xF0 | bytes.Length), .. bytes]);

        Assert.Equal(shown, Encoding.UTF8.GetString(fields![0x22]));
    }

    [Theory]
    [InlineData("VISA 6228480012344242", "VISA •••• 4242")]
    [InlineData("6228 4800 1234 4242 ok", "•••• 4242 ok")]
    [InlineData("6228-4800-1234-4242", "•••• 4242")]
    [InlineData("########4242", "########4242")]
    [InlineData("Terminal 52500038", "Terminal 52500038")]
    public void Card_number_in_a_line_is_masked(string line, string shown) => Assert.Equal(shown, CardNumber.Mask(line));

    [Fact]
    public void Tracks_and_texts_that_may_hold_a_number_do_not_leave_the_parser()
    {
        var fields = BmpReader.Read(Hex("23F0F2 6228 24F0F0F2 4800 2DF0F2 1234 3A1234 3CF0F0F2 4242"));

        Assert.Equal([0x23, 0x24, 0x2D, 0x3A, 0x3C], fields!.Keys.Select(id => (int)id));
        Assert.All(fields.Values, Assert.Empty);
    }

    [Fact]
    public void Fields_before_one_that_is_not_known_are_read()
    {
        Assert.Equal(4210, StatusInformation.Read(Hex("2700 04000000004210 EF01020304"))!.Amount);
    }

    [Theory]
    [InlineData("27")]
    [InlineData("2700 2705")]
    [InlineData("2700 0400000000421A")]
    [InlineData("2700 040000")]
    [InlineData("2700 22F0FA")]
    [InlineData("2700 2202")]
    [InlineData("2700 0680")]
    [InlineData("2700 068201")]
    [InlineData("2700 60F0F0F3 000100")]
    [InlineData("2700 60F0F0F6 00010001 0102")]
    public void Status_that_is_malformed_is_none(string hex) => Assert.Null(StatusInformation.Read(Hex(hex)));

    [Fact]
    public void Totals_come_back_as_they_were_written()
    {
        var totals = new BatchTotals(3, 17, [.. BatchTotals.Cards.Select((name, place) => new CardTotalsLine(name, place, place * 1234L))]);
        var read = BatchTotals.Read(totals.Write())!;

        Assert.Equal((3, 17), (read.FirstReceipt, read.LastReceipt));
        Assert.Equal(totals.Lines, read.Lines);
    }

    [Theory]
    [InlineData("00", 0x00)]
    [InlineData("F0", 0xF0)]
    [InlineData("", 0x00)]
    [InlineData("F0 F0F0F3 312E30 9C", 0x9C)]
    [InlineData("9C 06021234", 0x9C)]
    public void Terminal_status_is_found_behind_the_version_too(string hex, int code) => Assert.Equal(code, TerminalState.CodeOf(Hex(hex)));

    [Theory]
    [InlineData(8, 7, 1)]
    [InlineData(7, 7, 0)]
    [InlineData(6, 7, -1)]
    [InlineData(1, 9999, 1)]
    [InlineData(9999, 1, -1)]
    public void Receipts_are_told_apart_across_the_end_of_their_numbers(int receipt, int than, int sign) => Assert.Equal(sign, Math.Sign(Slips.Age(receipt, than)));

    [Fact]
    public void Random_bytes_are_read_or_refused_and_never_throw()
    {
        var random = new Random(20007);
        var (read, refused) = (0, 0);
        byte[] known = [0x04, 0x06, 0x22, 0x24, 0x27, 0x29, 0x3C, 0x49, 0x60, 0x87, 0x8B, 0xF0, 0xF1, 0x1F, 0x07, 0x25, 0x81, 0x82];
        for (var round = 0; round < 200_000; round++)
        {
            var data = new byte[random.Next(40)];
            random.NextBytes(data);
            for (var place = 0; place < data.Length; place++) data[place] = random.Next(3) == 0 ? data[place] : known[random.Next(known.Length)];
            if (StatusInformation.Read(data) is null) refused++;
            else read++;
            ReceiptText.Read(new Apdu(ZvtProtocol.PrintBlock, data));
            ReceiptText.Read(new Apdu(ZvtProtocol.PrintLine, data));
            TerminalState.CodeOf(data);
            TlvReader.Read(data);
        }

        Assert.True(read > 1000 && refused > 1000, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Random_bytes_on_the_line_never_throw_and_a_whole_frame_behind_them_is_heard()
    {
        var random = new Random(9600);
        for (var round = 0; round < 2000; round++)
        {
            var framing = new DleFraming();
            var noise = new byte[random.Next(60)];
            random.NextBytes(noise);

            // A frame that was begun by chance swallows the next one; the one behind that is heard.
            byte[] wire = [.. noise, 0, .. framing.Wrap(ZvtProtocol.Yes), .. framing.Wrap(ZvtProtocol.NotYet)];
            Assert.Contains(wire.Select(framing.Receive), sign => sign is WireSign.Message { Apdu.Command: ZvtProtocol.Wait });
        }
    }

    [Fact]
    public void Emulated_machine_lives_through_random_messages()
    {
        var random = new Random(501);
        ushort[] commands = [0x0501, 0x0600, 0x0601, 0x0602, 0x0620, 0x0630, 0x0650, 0x0670, 0x06B0, 0x8000, 0x849C, 0x8466];
        var machine = new ZvtMachine(Options(), _ => { }, (_, _) => new MemoryStream());
        for (var round = 0; round < 50_000; round++)
        {
            var data = new byte[random.Next(20)];
            random.NextBytes(data);
            if (random.Next(2) == 0) data = [0, 0, 0, .. data];
            machine.Receive(new Apdu(commands[random.Next(commands.Length)], data));
            if (random.Next(10) == 0) machine.Present(new EmulatedCard("Visa", 1, CardResult.Ok));
        }

        Assert.All(machine.Books.Receipts, receipt => Assert.True(receipt.Minor >= 0));
    }

    private static ZvtOptions Options() => ZvtOptions.Of(new DeviceSettings("under-test", "zvt", "emulated:", JsonText.Parse("{}")));

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
