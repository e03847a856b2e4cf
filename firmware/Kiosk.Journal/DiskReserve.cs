namespace Kiosk.Journal;

/// <summary>Space held back so that customers who wait can still be called and the day can be closed when the disk is full.</summary>
internal sealed class DiskReserve(string directory)
{
    /// <summary>Enough for some thousand events.</summary>
    public const int Bytes = 4 << 20;

    private readonly string _path = Path.Combine(directory, "reserve");

    public bool Held => File.Exists(_path);

    /// <summary>Takes the space; false where there is not twice as much free.</summary>
    public bool Take()
    {
        if (Held) return true;
        var fresh = _path + ".new";
        try
        {
            if (new DriveInfo(directory).AvailableFreeSpace < 2 * Bytes) return false;

            using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                // Written, not just sized: a sparse file holds nothing back.
                var zeros = new byte[1 << 16];
                for (var written = 0; written < Bytes; written += zeros.Length) file.Write(zeros);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, _path, overwrite: true);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Half a reserve holds nothing back and takes what little there is.
            TryDelete(fresh);
            return false;
        }
    }

    /// <summary>Gives the space back to the journal; false where there was none.</summary>
    public bool Release()
    {
        return Held && TryDelete(_path);
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
