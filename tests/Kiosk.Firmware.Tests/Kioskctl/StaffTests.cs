using System.Net;
using System.Net.Http.Json;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class StaffTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    private Task<DataDirectory.Ran> StaffAsync(params string[] more) => DataDirectory.RunAsync(["staff", .. more, "--data", _data.Path]);

    private Task<DataDirectory.Ran> AddAsync(string user, string role, string pin) => StaffAsync("add", user, "--role", role, "--pin-file", _data.Write("pin", pin + "\n"));

    [Fact]
    public async Task First_account_is_made_where_no_host_has_run_and_nobody_else_can_read_it()
    {
        Assert.Equal(0, (await AddAsync("li.wei", "manager", "975310")).Code);

        var file = Path.Combine(_data.Path, StaffFile.Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain("975310", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(["li.wei  manager     never signed in"], (await StaffAsync("list")).Lines);
        using var journal = SqliteJournal.Open(_data.Path);
        Assert.Equal([new HallEvent.StaffAdded("li.wei", "manager")], journal.Read(0, 10).Select(recorded => recorded.Fact));
    }

    [Fact]
    public async Task Running_host_is_asked_and_the_account_signs_in_at_once()
    {
        var hall = await RunningHall.StartAsync(data: _data.Path, demo: false);
        using var http = hall.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync("sign-in", new { user = "manager", pin = RunningHall.Pin })).StatusCode);

        Assert.Equal((0, ""), await CodeAsync(AddAsync("li.wei", "manager", "975310")));
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync("sign-in", new { user = "li.wei", pin = "975310" })).StatusCode);
        Assert.Equal((64, "kioskctl: There is an account li.wei already.\n"), await CodeAsync(AddAsync("li.wei", "clerk", "975310")));
        Assert.Equal((0, ""), await CodeAsync(StaffAsync("remove", "li.wei")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync("sign-in", new { user = "li.wei", pin = "975310" })).StatusCode);
        await hall.StopAsync();
    }

    [Theory]
    [InlineData("Li", "clerk", "975310", "A user name is")]
    [InlineData("li", "clerk", "12345", "A PIN is 6 to 12 digits.")]
    [InlineData("li", "clerk", "secret!", "A PIN is 6 to 12 digits.")]
    public async Task Mistakes_are_told_and_nothing_is_made(string user, string role, string pin, string said)
    {
        var ran = await AddAsync(user, role, pin);

        Assert.Equal(64, ran.Code);
        Assert.Contains(said, ran.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_data.Path, StaffFile.Name)));
    }

    [Theory]
    [InlineData("{\"version\":1,\"accounts\":[{\"user\":\"li\"")]
    [InlineData("{\"version\":1,\"accounts\":[{\"user\":\"li\",\"role\":\"Clerk\",\"pin\":{\"salt\":\"x\",\"iterations\":1,\"hash\":\"x\"}}],\"screens\":[]}")]
    [InlineData("null")]
    public async Task Damaged_accounts_keep_the_host_from_starting_and_are_not_touched(string text)
    {
        var file = _data.Write(StaffFile.Name, text);

        var refused = await Assert.ThrowsAsync<JournalRefusedException>(() => RunningHall.StartAsync(data: _data.Path));

        Assert.Contains("staff.json are damaged", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }

    private static async Task<(int, string)> CodeAsync(Task<DataDirectory.Ran> running) => await running is var ran ? (ran.Code, ran.Errors) : default;
}
