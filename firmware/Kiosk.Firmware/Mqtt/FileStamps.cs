namespace Kiosk.Firmware.Mqtt;

/// <summary>How some files were when they were looked at: another stamp is another content, or the file came or went.</summary>
internal sealed class FileStamps : IEquatable<FileStamps>
{
    private readonly (DateTime Written, long Length)[] _stamps;

    private FileStamps((DateTime, long)[] stamps) => _stamps = stamps;

    /// <summary>Names that are null are left out. A file that is not there has a stamp too.</summary>
    public static FileStamps Of(params IEnumerable<string?> files) => new([.. files.OfType<string>().Select(One)]);

    public bool Equals(FileStamps? other) => other is not null && _stamps.AsSpan().SequenceEqual(other._stamps);

    public override bool Equals(object? other) => Equals(other as FileStamps);

    public override int GetHashCode() => _stamps.Aggregate(0, HashCode.Combine);

    // Secrets are often mounted as links that are turned to another folder: the file behind the link counts.
    private static (DateTime, long) One(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var real = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return real.Exists ? (real.LastWriteTimeUtc, real.Length) : default;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
