using System.CommandLine;

namespace Kiosk.Provisioning.Store;

/// <summary>The options of every command that goes to the broker.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string> _broker = new("--broker") { Description = "The broker: mqtt://host:port or mqtts://host:port.", HelpName = "URL", DefaultValueFactory = _ => BrokerSettings.Default };
    private readonly Option<string?> _user = new("--user") { Description = "Who we are at the broker.", HelpName = "NAME" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "File whose first line is the password; read again at each connection.", HelpName = "FILE" };
    private readonly Option<string?> _ca = new("--ca") { Description = "PEM file of those who may vouch for the broker; where it is left out, those of the system.", HelpName = "FILE" };
    private readonly Option<string?> _cert = new("--cert") { Description = "PEM file of our own certificate, with --key.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key") { Description = "PEM file of our key, with --cert.", HelpName = "FILE" };
    private readonly Option<string> _protocol = new("--protocol") { Description = "Of MQTT: 5 or 3.1.1.", HelpName = "VERSION", DefaultValueFactory = _ => "5" };

    public void AddTo(Command command)
    {
        _protocol.AcceptOnlyFromAmong("5", "3.1.1");
        foreach (var option in (Option[])[_broker, _user, _passwordFile, _ca, _cert, _key, _protocol]) command.Options.Add(option);
    }

    /// <exception cref="Trouble">An option is wrong.</exception>
    public BrokerSettings Of(ParseResult line) => BrokerSettings.Of(
        line.GetRequiredValue(_broker), line.GetRequiredValue(_protocol), line.GetValue(_user), line.GetValue(_passwordFile), line.GetValue(_ca), line.GetValue(_cert), line.GetValue(_key));
}
