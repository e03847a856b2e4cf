using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>What announcers need of libasound. Names and numbers: alsa/pcm.h of alsa-lib 1.2.</summary>
internal static unsafe partial class AlsaLibrary
{
    /// <summary>SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK, SND_PCM_FORMAT_S16_LE, SND_PCM_ACCESS_RW_INTERLEAVED.</summary>
    public const int Playback = 0, NonBlocking = 1, Signed16 = 2, Interleaved = 3;

    /// <summary>snd_pcm_state_t.</summary>
    public const int Open = 0, SetUp = 1, Prepared = 2, Running = 3, Underrun = 4, Draining = 5, Paused = 6, Suspended = 7, Disconnected = 8;

    /// <summary>Negative errno as the library returns it.</summary>
    public const int Permission = -1, NoEntry = -2, NoDeviceOrAddress = -6, Again = -11, Access = -13, Busy = -16, NoDevice = -19, BrokenPipe = -32, StreamsPipe = -86;

    private const string Library = "libasound.so.2";

    [LibraryImport(Library, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenPcm(out nint pcm, string name, int stream, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_close")]
    public static partial int Close(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_set_params")]
    public static partial int SetParameters(nint pcm, int format, int access, uint channels, uint rate, int resample, uint latencyMicroseconds);

    [LibraryImport(Library, EntryPoint = "snd_pcm_prepare")]
    public static partial int Prepare(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_writei")]
    public static partial nint Write(nint pcm, short* samples, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_drain")]
    public static partial int Drain(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_drop")]
    public static partial int Drop(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_avail")]
    public static partial nint Available(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_state")]
    public static partial int State(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_strerror")]
    private static partial nint Sentence(int error);

    [LibraryImport(Library, EntryPoint = "snd_lib_error_set_handler")]
    private static partial int SetErrorHandler(delegate* unmanaged[Cdecl]<byte*, int, byte*, int, byte*, void> handler);

    public static string Words(int error) => Marshal.PtrToStringUTF8(Sentence(error)) ?? $"error {-error}";

    /// <summary>Keeps the library from writing to the host's own error stream at each attempt to open a card that is away: the result says it too.</summary>
    public static void Hush() => _ = SetErrorHandler(&Ignore);

    // Called with more arguments than these (it is variadic); the caller takes them away again.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(byte* file, int line, byte* function, int error, byte* format)
    {
    }
}
