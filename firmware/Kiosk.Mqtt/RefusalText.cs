namespace Kiosk.Mqtt;

/// <summary>Why a broker will not have us, in words for who must mend it.</summary>
internal static class RefusalText
{
    /// <summary>CONNACK of MQTT 5, section 3.2.2.2, and of MQTT 3.1.1, section 3.2.2.3.</summary>
    private const int BadUser5 = 0x86, NotAuthorised5 = 0x87, Banned5 = 0x8A, BadMethod5 = 0x8C, BadUser3 = 4, NotAuthorised3 = 5;

    public static MqttState.Refused OfConnack(BrokerAddress address, int code, MqttOptions options)
    {
        var said = MosquittoNative.ConnackText(code, options.Protocol);
        var ofUser = options.Protocol == MqttProtocol.V5 ? code is BadUser5 or NotAuthorised5 or Banned5 or BadMethod5 : code is BadUser3 or NotAuthorised3;
        if (!ofUser) return new($"{address} refuses us: {said}");
        var who = (options.User, options.Tls?.CertFile) switch
        {
            ({ } user, _) => $"Our user is {user}: put the right password into its file, which is taken by itself, or have the user allowed there",
            (null, { } certificate) => $"We named no user and showed the certificate {certificate}: have its name allowed there",
            _ => "We named no user: set mqtt.user and mqtt.passwordFile in the profile",
        };
        return new($"{address} refuses us: {said}. {who}.") { Why = Refusal.Password };
    }

    /// <param name="said">What OpenSSL said, oldest first.</param>
    /// <param name="theirs">What is wrong with the broker's certificate, or null.</param>
    public static MqttState OfTls(BrokerAddress address, IReadOnlyList<string> said, string? theirs, MqttTls? ours)
    {
        if (theirs is not null) return new MqttState.Refused($"{address}: {theirs}") { Why = Refusal.TheirCertificate };
        if (Says("wrong version number") || Says("packet length too long")) return new MqttState.Refused($"{address} does not speak TLS there: use its TLS port, or mqtt:// in place of mqtts://.");
        if (OfOurs(Says, ours) is { } reason) return new MqttState.Refused($"{address} {reason}") { Why = Refusal.OurCertificate };
        if (Says("certificate verify failed") || Says("host name verification failed"))
            return new MqttState.Refused($"{address}: we do not trust its certificate ({ours?.CaFile ?? "/etc/ssl/certs"}).") { Why = Refusal.TheirCertificate };
        return new MqttState.Away($"{address} broke off while TLS was agreed upon{(said.Count > 0 ? $" ({said[^1]})" : "")}: is that its TLS port?");

        bool Says(string words) => said.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    // The words are OpenSSL's for the alerts of RFC 8446, section 6.
    private static string? OfOurs(Func<string, bool> says, MqttTls? ours)
    {
        var file = ours?.CertFile;
        if (says("alert certificate expired")) return $"says that our certificate has ended ({file}): put a new one with its key in its place; it is taken by itself.";
        if (says("alert unknown ca")) return $"does not know the authority that issued our certificate ({file}): have that authority trusted there, or take a certificate of one that is.";
        if (says("alert certificate revoked")) return $"says that our certificate was revoked ({file}): put a new one with its key in its place; it is taken by itself.";
        if (!says("alert certificate required") && !says("alert handshake failure") && !says("alert bad certificate") && !says("alert certificate unknown") && !says("alert unsupported certificate") && !says("alert access denied")) return null;
        return file is null
            ? "wants to see a certificate of ours, and the profile names none: set mqtt.certFile and mqtt.keyFile."
            : $"does not accept our certificate ({file}): ask who runs the broker which certificate it expects, and put that with its key in its place.";
    }
}
