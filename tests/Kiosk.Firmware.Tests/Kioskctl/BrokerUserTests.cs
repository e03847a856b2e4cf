using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class BrokerUserTests : IDisposable
{
    private const string Password = "correct-horse-1";

    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    private Task<DataDirectory.Ran> UserAsync(params string[] more) => DataDirectory.RunAsync(["broker", "user", .. more, "--data", _data.Path]);

    private Task<DataDirectory.Ran> WithPasswordAsync(string password, params string[] more) => UserAsync([.. more, "--password-file", _data.Write("given", password + "\n")]);

    [Fact]
    public async Task Users_are_made_where_no_host_runs_and_nobody_can_read_their_passwords()
    {
        Assert.Equal(0, (await WithPasswordAsync(Password, "add", "chain", "--may", "store")).Code);
        Assert.Equal(0, (await WithPasswordAsync(Password, "add", "board-2", "--may", "board", "--device", "board-2")).Code);
        Assert.Equal(0, (await UserAsync("add", "auditor", "--may", "read", "--certificate")).Code);

        var file = Path.Combine(_data.Path, BrokerUsersFile.Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain(Password, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(["auditor  read   certificate", "board-2  board  password     dev/board-2", "chain    store  password"], (await UserAsync("list")).Lines);
        Assert.True(BrokerPassword.Matches(new BrokerUsersFile(_data.Path).Read().Find("chain")!.Password!, Password));
    }

    [Fact]
    public async Task A_generated_password_is_shown_once_and_is_the_one()
    {
        var ran = await UserAsync("add", "chain", "--may", "store", "--generate");
        var password = ran.Lines[1]["password: ".Length..][..32];
        Assert.True(BrokerPassword.Matches(new BrokerUsersFile(_data.Path).Read().Find("chain")!.Password!, password));
        Assert.DoesNotContain(password, (await UserAsync("list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Password, "Names that begin with kiosk- are the hall's own", "add", "kiosk-telecom-hall", "--may", "store")]
    [InlineData(Password, "A user name is", "add", "st+re", "--may", "store")]
    [InlineData("short", "A password of the broker is 12 to 100", "add", "chain", "--may", "store")]
    [InlineData("with a space in it", "A password of the broker is 12 to 100", "add", "chain", "--may", "store")]
    [InlineData(Password, "A board needs the id of its device", "add", "board-2", "--may", "board")]
    [InlineData(Password, "The id of a device is", "add", "board-2", "--may", "board", "--device", "+")]
    [InlineData(Password, "Only a board has a device", "add", "chain", "--may", "store", "--device", "x")]
    [InlineData(Password, "The broker has no user chain", "password", "chain")]
    public async Task Mistakes_are_told_and_nothing_is_made(string password, string said, params string[] words)
    {
        var ran = await WithPasswordAsync(password, words);

        Assert.Equal(64, ran.Code);
        Assert.Contains(said, ran.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_data.Path, BrokerUsersFile.Name)));
    }

    [Fact]
    public async Task A_running_host_is_told_and_its_broker_lets_the_user_in_with_the_newest_password_only()
    {
        var hall = await RunningHall.StartAsync(data: _data.Path, broker: TestMosquitto.AnyPort());
        try
        {
            var broker = hall.The<HallBroker>();
            Assert.Equal((0, ""), await CodeAsync(WithPasswordAsync(Password, "add", "chain", "--may", "store")));
            await ConnectsAsync(broker, "chain", Password);
            Assert.Equal((64, "kioskctl: The broker has a user chain already: give them a new password, or remove them first.\n"), await CodeAsync(WithPasswordAsync(Password, "add", "chain", "--may", "read")));
            Assert.Equal((0, ""), await CodeAsync(WithPasswordAsync("another-password", "password", "chain")));
            await ConnectsAsync(broker, "chain", "another-password");
            Assert.Equal(["chain  store  password", "store  store  password"], (await UserAsync("list")).Lines);

            // A demo makes a store of its own, whose password is in a file.
            await ConnectsAsync(broker, "store", (await File.ReadAllLinesAsync(Path.Combine(_data.Path, BrokerAccess.DemoPasswordName)))[0]);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data.Path, BrokerAccess.DemoPasswordName)));
        }
        finally
        {
            await hall.StopAsync();
        }
    }

    [Fact]
    public async Task A_host_without_a_broker_of_its_own_says_where_its_users_are_made()
    {
        var hall = await RunningHall.StartAsync(data: _data.Path);
        try
        {
            Assert.Equal((64, "kioskctl: This host runs no broker of its own: its users are made where the store's broker is.\n"), await CodeAsync(WithPasswordAsync(Password, "add", "chain", "--may", "store")));
        }
        finally
        {
            await hall.StopAsync();
        }
    }

    private static async Task ConnectsAsync(HallBroker broker, string user, string password)
    {
        await using var client = new MosquittoClient(
            new("probe-" + user) { User = user, Password = () => password, BackOffLast = TimeSpan.FromMilliseconds(400) }, () => broker.Whereabouts, TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
    }

    private static async Task<(int, string)> CodeAsync(Task<DataDirectory.Ran> running) => await running is var ran ? (ran.Code, ran.Errors) : default;
}
