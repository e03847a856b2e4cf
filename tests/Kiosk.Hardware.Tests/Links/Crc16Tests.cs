using System.Text;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Links;

public sealed class Crc16Tests
{
    [Theory]
    [InlineData("kermit", 0x2189)]
    [InlineData("xmodem", 0x31C3)]
    [InlineData("cms", 0xAEE7)]
    [InlineData("modbus", 0x4B37)]
    public void Each_has_the_check_value_of_the_catalogue(string name, int check)
    {
        var crc = name switch { "kermit" => Crc16.Kermit, "xmodem" => Crc16.Xmodem, "cms" => Crc16.Cms, _ => Crc16.Modbus };

        Assert.Equal(check, crc.Of(Encoding.ASCII.GetBytes("123456789")));
    }
}
