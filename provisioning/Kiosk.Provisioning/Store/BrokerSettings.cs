using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Provisioning.Store;

/// <summary>How a store reaches the broker.</summary>
internal sealed record BrokerSettings(BrokerAddress Address, MqttProtocol Protocol = MqttProtocol.V5, string? User = null, string? PasswordFile = null, MqttTls? Tls = null)
{
    public const string Default = "mqtt://127.0.0.1:1883";

    /// <exception cref="Trouble">An option is wrong, or a file cannot be read. It names the option, and never a password.</exception>
    public static BrokerSettings Of(string broker, string protocol, string? user, string? passwordFile, string? ca, string? cert, string? key)
    {
        if (!Uri.TryCreate(broker, UriKind.Absolute, out var url) || url.Scheme is not ("mqtt" or "mqtts") || url.Host.Length == 0)
            throw new Trouble(ExitCode.Usage, "--broker takes mqtt://host:port or mqtts://host:port.");
        if (url.UserInfo.Length > 0)
            throw new Trouble(ExitCode.Usage, "--broker takes no user and no password: others can read the command line. Use --user and --password-file.");
        if (passwordFile is not null && user is null) throw new Trouble(ExitCode.Usage, "--password-file goes with --user.");
        if (user is not null && user.AsSpan().IndexOfAny("/+#") >= 0)
            throw new Trouble(ExitCode.Usage, "--user takes a name without / + and #: it stands in the topics of commands and answers.");

        var address = BrokerAddress.Of(url);
        if (!address.Tls && (ca ?? cert ?? key) is not null) throw new Trouble(ExitCode.Usage, "--ca, --cert and --key go with mqtts://.");
        if (cert is null != key is null) throw new Trouble(ExitCode.Usage, "--cert and --key go together.");
        foreach (var (option, file) in new[] { ("--password-file", passwordFile), ("--ca", ca), ("--cert", cert), ("--key", key) })
        {
            if (file is not null) Readable(option, file);
        }

        return new(address, protocol == "5" ? MqttProtocol.V5 : MqttProtocol.V311, user, passwordFile, address.Tls ? new(ca, cert, key) : null);
    }

    /// <summary>A client whose session ends with its connection: the broker is not to think that somebody listens who has gone.</summary>
    public MosquittoClient Client(TimeProvider time) => new(
        new($"kioskctl-{Guid.NewGuid():N}")
        {
            Protocol = Protocol,
            User = User,
            Password = PasswordFile is { } file ? () => Password(file) : null,
            Tls = Tls,
            Session = TimeSpan.Zero,
            BackOffLast = TimeSpan.FromSeconds(5),
        },
        () => (Address, ""),
        time,
        NullLogger<MosquittoClient>.Instance);

    private static string Password(string file) => File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";

    private static void Readable(string option, string file)
    {
        try
        {
            using var opened = File.OpenRead(file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.NoInput, $"{option} {file} cannot be read: {failed.Message}", failed);
        }
    }
}
