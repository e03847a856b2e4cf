namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A directory that goes with its test.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kiosk-mqtt-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
