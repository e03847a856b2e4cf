namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class ReadyProfilesTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("telecom-hall.json")]
    [InlineData("bank-branch.json")]
    [InlineData("clinic.json")]
    public async Task Ready_profile_passes_the_checks_of_its_drivers(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Kiosk.sln"))) folder = folder.Parent;

        var ran = await DataDirectory.RunAsync("check", "--profile", Path.Combine(folder.FullName, "provisioning", "profiles", file), "--data", _data.Path);

        Assert.Equal((0, ""), (ran.Code, ran.Errors));
    }
}
