using Kiosk.Hardware.Terminals.Zvt;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

public sealed class ZvtOptionsTests
{
    [Theory]
    [InlineData("emulated:", "{}")]
    [InlineData("emulated:", """{"password": "123456", "currency": "CNY", "t4Seconds": 60, "receipts": "host", "configByte": 190}""")]
    [InlineData("tcp://192.168.0.50:20007", """{"passwordFile": "/etc/kiosk/zvt-password"}""")]
    [InlineData("serial:///dev/ttyS1?baud=9600&framing=8N2", """{"passwordFile": "/etc/kiosk/zvt-password"}""")]
    public void Settings_in_order_have_no_mistake(string link, string options) => Assert.Empty(Check(link, options));

    [Theory]
    [InlineData("emulated:", """{"password": "12345"}""", "options.password", "six digits")]
    [InlineData("emulated:", """{"password": "12345x"}""", "options.password", "six digits")]
    [InlineData("emulated:", """{"password": 123456}""", "options.password", "six digits")]
    [InlineData("emulated:", """{"currency": "XYZ"}""", "options.currency", "CNY")]
    [InlineData("emulated:", """{"t4Seconds": 5}""", "options.t4Seconds", "30 to 600")]
    [InlineData("emulated:", """{"receipts": "both"}""", "options.receipts", "terminal, host")]
    [InlineData("emulated:", """{"configByte": 256}""", "options.configByte", "0 to 255")]
    [InlineData("emulated:", """{"pasword": "000000"}""", "options.pasword", "unknown")]
    [InlineData("emulated:", """{"password": "000000", "passwordFile": "/x"}""", "options.passwordFile", "not together")]
    [InlineData("tcp://host:20007", """{"password": "000000"}""", "options.password", "only for an emulated terminal")]
    [InlineData("tcp://host:20007", "{}", "options.passwordFile", "missing")]
    [InlineData("tcp://host:20007", """{"passwordFile": "secret"}""", "options.passwordFile", "absolute path")]
    [InlineData("tcp://host", """{"passwordFile": "/x"}""", "link", "port")]
    [InlineData("usb:///dev/usb/lp0", """{"passwordFile": "/x"}""", "link", "printer's link")]
    public void Mistake_is_named_with_its_place_and_what_is_allowed(string link, string options, string path, string message)
    {
        var mistake = Assert.Single(Check(link, options));

        Assert.Equal(path, mistake.Path);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123456\n", "123456")]
    [InlineData("12345", null)]
    [InlineData("password", null)]
    public void Password_is_read_from_its_file_and_never_told_in_a_fault(string content, string? password)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        var options = ZvtOptions.Of(new DeviceSettings("under-test", "zvt", "emulated:", JsonText.Parse($$"""{"passwordFile": "{{path}}"}""")));
        try
        {
            if (password is not null) Assert.Equal(password, options.ReadPassword());
            else Assert.DoesNotContain(content, Assert.Throws<DeviceLostException>(options.ReadPassword).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Password_file_that_is_not_there_is_a_fault_of_access()
    {
        var options = ZvtOptions.Of(new DeviceSettings("under-test", "zvt", "emulated:", JsonText.Parse("""{"passwordFile": "/nowhere/at/all"}""")));

        Assert.Equal(DeviceFault.AccessDenied, Assert.Throws<DeviceLostException>(options.ReadPassword).Fault);
    }

    private static IReadOnlyList<SettingMistake> Check(string link, string options) =>
        new ZvtDriver().Check(new DeviceSettings("card-terminal", "zvt", link, JsonText.Parse(options)));
}
