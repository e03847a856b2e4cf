using System.Security.Cryptography;
using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Journal.Accounts;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Staff;

/// <summary>Lets customers' screens in that are not the board itself: a manager makes a link, which the screen opens once.</summary>
internal sealed class ScreenDesk(AccountBook accounts, IIntake intake, TimeProvider time)
{
    public const int LongestName = 40, MostScreens = 64;

    public static readonly TimeSpan LinkLives = TimeSpan.FromMinutes(10);

    private const int MostLinks = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Name, string By, DateTimeOffset Until)> _links = [];

    /// <returns>The code of <c>/enrol/{code}</c>.</returns>
    public string Invite(string name, string by)
    {
        var code = RandomNumberGenerator.GetString("23456789abcdefghjkmnpqrstuvwxyz", 26);
        lock (_gate)
        {
            Forget();
            if (_links.Count >= MostLinks) _links.Remove(_links.MinBy(link => link.Value.Until).Key);
            _links.Add(code, (name, by, time.GetUtcNow() + LinkLives));
        }

        return code;
    }

    /// <summary>The name that the screen will have, or null where the link is over or was never made.</summary>
    public string? Invited(string code)
    {
        lock (_gate)
        {
            Forget();
            return _links.TryGetValue(code, out var link) ? link.Name : null;
        }
    }

    /// <summary>Uses the link up.</summary>
    /// <returns>What the screen keeps as its cookie, or null.</returns>
    public async Task<string?> EnrolAsync(string code, string from)
    {
        (string Name, string By, DateTimeOffset Until) link;
        lock (_gate)
        {
            Forget();
            if (!_links.Remove(code, out link)) return null;
        }

        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var id = RandomNumberGenerator.GetHexString(6, lowercase: true);
        await intake.AskAsync(Request.Once(from, new HallCommand.WriteDown(new ScreenEnrolled(id, link.Name)), link.By), CancellationToken.None);
        accounts.SetScreens(screens => [.. screens.TakeLast(MostScreens - 1), new(id, link.Name, Hash(key), time.GetUtcNow())]);
        return key;
    }

    public async Task<bool> RevokeAsync(string id, string from, string by)
    {
        if (accounts.Screens.All(screen => screen.Id != id)) return false;

        accounts.SetScreens(screens => [.. screens.Where(screen => screen.Id != id)]);
        await intake.AskAsync(Request.Once(from, new HallCommand.WriteDown(new ScreenRevoked(id)), by), CancellationToken.None);
        return true;
    }

    public bool Knows(string? key) => key is { Length: 64 } && Hash(key) is var hash && accounts.Screens.Any(screen => screen.Key == hash);

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var code in _links.Where(link => link.Value.Until <= now).Select(link => link.Key).ToList()) _links.Remove(code);
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
