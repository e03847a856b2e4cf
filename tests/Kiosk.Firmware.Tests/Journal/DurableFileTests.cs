using System.Text;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Journal;

public sealed class DurableFileTests : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory = Directory.CreateTempSubdirectory("durable-").FullName;
    private readonly string _path;

    public DurableFileTests() => _path = Path.Combine(_directory, "kept.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Old_file_is_replaced_and_never_written_over()
    {
        DurableFile.Write(_path, "the old one, which is longer"u8);
        using var reader = new StreamReader(_path);

        DurableFile.Write(_path, "the new one"u8);

        Assert.Equal("the old one, which is longer", reader.ReadToEnd());
        Assert.Equal("the new one", File.ReadAllText(_path));
        Assert.Equal([_path], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void What_a_power_cut_left_half_written_is_made_anew_with_the_right_mode()
    {
        File.WriteAllText(_path + ".new", "half of a file that anybody may read");
        File.SetUnixFileMode(_path + ".new", OnlyOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        DurableFile.Write(_path, "whole"u8, OnlyOwner);

        Assert.Equal("whole", File.ReadAllText(_path));
        Assert.Equal(OnlyOwner, File.GetUnixFileMode(_path));
    }

    [Fact]
    public void Write_that_fails_leaves_the_old_file()
    {
        DurableFile.Write(_path, "the old one"u8);
        Directory.CreateDirectory(_path + ".new");

        var failed = Record.Exception(() => DurableFile.Write(_path, "the new one"u8));

        Assert.True(failed is IOException or UnauthorizedAccessException, $"{failed}");
        Assert.Equal("the old one", File.ReadAllText(_path));
    }

    [Fact]
    public void Name_without_a_directory_is_in_the_working_directory()
    {
        var name = $"{Guid.NewGuid():N}.json";
        try
        {
            DurableFile.Write(name, Encoding.UTF8.GetBytes(name));
            Assert.Equal(name, File.ReadAllText(Path.GetFullPath(name)));
        }
        finally
        {
            File.Delete(name);
        }
    }
}
