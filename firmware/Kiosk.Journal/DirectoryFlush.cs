using System.Runtime.InteropServices;
using System.Text;

namespace Kiosk.Journal;

/// <summary>A new name is durable once its directory is. .NET opens no directories, so the kernel is asked itself.</summary>
internal static class DirectoryFlush
{
    private const int ReadOnlyCloseOnExec = 0x8_0000; // O_RDONLY | O_CLOEXEC, the same on x86 and ARM

    /// <exception cref="IOException">It is not durable.</exception>
    public static void Of(string directory)
    {
        var folder = Open([.. Encoding.UTF8.GetBytes(directory), 0], ReadOnlyCloseOnExec);
        if (folder < 0) throw new IOException($"{directory} cannot be opened: error {Marshal.GetLastPInvokeError()}");
        try
        {
            if (Flush(folder) != 0) throw new IOException($"{directory} cannot be made durable: error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            _ = Close(folder);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
