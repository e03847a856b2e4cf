using System.Runtime.CompilerServices;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.EscPos;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>The bytes of whole tickets. A change here is a change on paper: look at it before accepting it with KIOSK_ACCEPT_GOLDEN=1.</summary>
public sealed class GoldenTicketTests
{
    public static TheoryData<string, string, string> Goldens => new()
    {
        { "zh-CN", "epson-tm-t82-gb18030", "ticket.zh-CN.gb18030.hex" },
        { "zh-TW", "epson-tm-t82-big5", "ticket.zh-TW.big5.hex" },
        { "en", "epson-tm-t20", "ticket.en.ascii.hex" },
        { "en", "xprinter-58", "ticket.en.58mm.hex" },
    };

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Ticket_is_sent_byte_for_byte_as_it_was_looked_at(string language, string profile, string file)
    {
        var slip = language switch
        {
            "zh-CN" => Tickets.SimplifiedChinese,
            "zh-TW" => Tickets.TraditionalChinese,
            _ => Tickets.English,
        };
        var options = EscPosProfiles.All[profile] with { Qr = EscPosQr.Native };
        var bytes = new SlipEncoder(options).Encode(slip, statusBack: options.Status == EscPosStatus.Asb, EscPosProtocol.Marker);
        var dump = string.Concat(bytes.Chunk(32).Select(row => Convert.ToHexString(row) + "\n"));

        var golden = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("KIOSK_ACCEPT_GOLDEN") == "1") File.WriteAllText(golden, dump);
        Assert.Equal(File.ReadAllText(golden), dump);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
