using System.Runtime.InteropServices;

namespace Kiosk.Mqtt;

/// <summary>libmosquitto 2.0, see mosquitto.h. The file name is the ABI's: no development package is needed.</summary>
internal static unsafe partial class MosquittoNative
{
    /// <summary>MOSQ_LOG_ERR.</summary>
    public const int LogError = 8;

    public const int Success = 0, NoConnection = 4, TlsFailed = 8, SystemError = 14;

    /// <summary>enum mosq_opt_t.</summary>
    public const int OptionProtocol = 1, OptionReceiveMaximum = 4, OptionSendMaximum = 5, OptionNoDelay = 11;

    /// <summary>MQTT 5 property identifiers, section 2.2.2.2.</summary>
    public const int PropertyContentType = 3, PropertySessionExpiry = 17;

    private const string Library = "libmosquitto.so.1";

    /// <summary>struct mosquitto_message: the only one that is not opaque.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Id;
        public byte* Topic;
        public void* Payload;
        public int Length;
        public int Qos;
        public byte Retain;
    }

    [LibraryImport(Library)]
    public static partial int mosquitto_lib_init();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial nint mosquitto_new(string id, [MarshalAs(UnmanagedType.U1)] bool cleanStart, nint context);

    [LibraryImport(Library)]
    public static partial void mosquitto_destroy(nint client);

    [LibraryImport(Library)]
    public static partial int mosquitto_threaded_set(nint client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Library)]
    public static partial int mosquitto_int_option(nint client, int option, int value);

    [LibraryImport(Library)]
    public static partial int mosquitto_max_inflight_messages_set(nint client, uint messages);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_username_pw_set(nint client, string user, string? password);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_tls_set(nint client, string? caFile, string? caPath, string? certFile, string? keyFile, nint passwordCallback);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_tls_opts_set(nint client, int verify, string? version, string? ciphers);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_will_set_v5(
        nint client, string topic, int length, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int mosquitto_connect_bind_v5(nint client, string host, int port, int keepAliveSeconds, string? bind, nint properties);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mosquitto_loop(nint client, int timeoutMilliseconds, int unused);

    [LibraryImport(Library)]
    public static partial int mosquitto_disconnect_v5(nint client, int reason, nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_publish_v5(
        nint client, out int id, string topic, int length, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_subscribe_v5(nint client, out int id, string filter, int qos, int options, nint properties);

    /// <summary>Also says what OpenSSL said, which the error codes do not.</summary>
    [LibraryImport(Library)]
    public static partial void mosquitto_log_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_connect_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_publish_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_disconnect_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_message_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, Message*, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_subscribe_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, nint, void> callback);

    [LibraryImport(Library)]
    public static partial int mosquitto_property_add_int32(ref nint list, int id, uint value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_property_add_string(ref nint list, int id, string value);

    [LibraryImport(Library)]
    public static partial void mosquitto_property_free_all(ref nint list);

    [LibraryImport(Library)]
    private static partial nint mosquitto_strerror(int error);

    [LibraryImport(Library)]
    private static partial nint mosquitto_reason_string(int reason);

    [LibraryImport(Library)]
    private static partial nint mosquitto_connack_string(int code);

    public static string ErrorText(int error) =>
        error == SystemError ? Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()) : Text(mosquitto_strerror(error), error);

    public static string ReasonText(int reason) => Text(mosquitto_reason_string(reason), reason);

    public static string ConnackText(int code, MqttProtocol protocol) =>
        Text(protocol == MqttProtocol.V5 ? mosquitto_reason_string(code) : mosquitto_connack_string(code), code);

    private static string Text(nint text, int code) => Marshal.PtrToStringUTF8(text)?.TrimEnd('.') ?? $"code {code}";
}
