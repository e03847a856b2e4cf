namespace Kiosk.Journal;

/// <summary>A small file that is replaced as a whole: a power cut leaves the old one or the new one, never half of one.</summary>
public static class DurableFile
{
    /// <summary>Returns when the new content outlives a power cut. Beside the file stands for a moment one named <c>.new</c>: whoever writes the same path twice at once brings a lock.</summary>
    /// <param name="path">Its directory exists.</param>
    /// <param name="rights">Null: as the process gives them to any new file.</param>
    /// <exception cref="IOException">The old file stands; only where the directory itself could not be made durable, either may be found after a power cut.</exception>
    /// <exception cref="UnauthorizedAccessException">The old file stands.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? rights = null)
    {
        var fresh = path + ".new";

        // A cut may have left one, with other rights.
        File.Delete(fresh);
        using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = rights }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        DirectoryFlush.Of(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
