using System.Globalization;

namespace Kiosk.Journal;

/// <summary>One process at a time works on a data directory. The lock is the kernel's (flock): it goes with the process, however that ends.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    public const string FileName = "kiosk.lock";

    // Not in the locked file: .NET takes a shared lock to read one, and that is refused while it is held.
    private const string HolderName = "kiosk.holder";

    private readonly FileStream _file;

    // EWOULDBLOCK of flock, as .NET passes it on: another process holds the lock. Anything else is the disk.
    private const int WouldBlock = 11;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <param name="owner">What to tell the next one who tries, as <c>kiosk host on http://127.0.0.1:8080</c>.</param>
    /// <exception cref="JournalRefusedException">The directory cannot be written, or another process holds it; the message names that process.</exception>
    public static DataDirectoryLock Take(string directory, string owner)
    {
        var path = Path.Combine(directory, FileName);
        FileStream file;
        try
        {
            // Ticket ids open customers' pages: the journal is for its own user only.
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new JournalRefusedException($"The data directory {directory} cannot be written by this user: give it to the user that runs the kiosk, or choose another with --data.", denied);
        }
        catch (IOException failed) when (failed.HResult == WouldBlock && Holder(directory) is { } holder)
        {
            throw new JournalRefusedException($"The data directory {directory} is in use by {holder}: stop that process first, or choose another directory with --data.", failed);
        }
        catch (IOException failed)
        {
            throw new JournalRefusedException($"The data directory {directory} cannot be used ({failed.Message}): is the disk full or mounted read-only?", failed);
        }

        try
        {
            File.WriteAllText(
                Path.Combine(directory, HolderName), string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} ({owner})"));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The lock holds without its note: a full disk must not keep the hall from starting.
        }

        return new(file);
    }

    public void Dispose() => _file.Dispose();

    // Without a note the holder has only just taken the lock.
    private static string? Holder(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, HolderName)) is { Length: > 0 } note ? note : "another process";
        }
        catch (FileNotFoundException)
        {
            return "another process";
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
