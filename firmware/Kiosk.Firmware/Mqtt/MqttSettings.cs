using Kiosk.Domain.Site;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>How the hall reports to the store.</summary>
/// <param name="Url">A broker of the store's, or null for a child broker of our own.</param>
/// <param name="Port">Wanted port of the child broker.</param>
/// <param name="DataDirectory">The child broker lives in its <c>broker</c> folder.</param>
/// <param name="PasswordFile">Its first line is the password. Read at each connect.</param>
/// <param name="AppVersion">Of the host, for <c>status</c>.</param>
public sealed record MqttSettings(
    bool Enabled,
    Uri? Url,
    int Port,
    string DataDirectory,
    string HallId,
    string? User,
    string? PasswordFile,
    string AppVersion)
{
    public MqttProtocol Protocol { get; init; } = MqttProtocol.V5;

    public MqttTls? Tls { get; init; }

    public static MqttSettings Of(HallProfile profile, string dataDirectory, string appVersion)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new(profile.Mqtt.Enabled, profile.Mqtt.Url, profile.Mqtt.Port, dataDirectory, profile.Id, profile.Mqtt.User, profile.Mqtt.PasswordFile, appVersion)
        {
            Protocol = profile.Mqtt.Old ? MqttProtocol.V311 : MqttProtocol.V5,
            Tls = profile.Mqtt is { CaFile: null, CertFile: null, KeyFile: null } ? null : new(profile.Mqtt.CaFile, profile.Mqtt.CertFile, profile.Mqtt.KeyFile),
        };
    }

    /// <exception cref="IOException">The file cannot be read or is empty.</exception>
    internal string Password() =>
        PasswordFile is null ? "" : File.ReadLines(PasswordFile).FirstOrDefault() ?? throw new IOException($"The password file {PasswordFile} is empty.");
}
