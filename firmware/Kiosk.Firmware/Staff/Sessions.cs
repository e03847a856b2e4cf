using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;

namespace Kiosk.Firmware.Staff;

/// <summary>Who is signed in. In memory only: a restart ends all sessions. Of a token only its SHA-256 is kept.</summary>
internal sealed class Sessions(HallProfile profile, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>At one time; the oldest of the user makes room.</summary>
    public const int MostOfOneUser = 32;

    /// <summary>Ended ones that are remembered, so that their tokens are told from forged ones.</summary>
    private const int MostEnded = 1024;

    private const int TokenBytes = 32, LongestToken = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _open = [];
    private readonly Queue<string> _ended = new();

    /// <returns>The token, and the sessions that had to go.</returns>
    public (string Token, Session Session, IReadOnlyList<Session> Replaced) Open(string user, StaffRole role, CounterId? counter)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var room = _open.Values.Where(session => session.User == user).OrderBy(session => session.LastPress).SkipLast(MostOfOneUser - 1).ToList();
            End(room.Contains);
            var session = new Session(user, role, counter, now, now + Longest, now);
            _open.Add(Key(token), session);
            return (token, session, room);
        }
    }

    public Found Find(string token)
    {
        var key = Key(token);
        lock (_gate)
        {
            if (_open.TryGetValue(key, out var session)) return Over(session, time.GetUtcNow()) ? new Found.Expired() : new Found.Here(session);
            return _ended.Contains(key) ? new Found.Expired() : new Found.Unknown();
        }
    }

    /// <summary>Somebody pressed something.</summary>
    public void Press(string token)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(Key(token), out var session)) _open[Key(token)] = session with { LastPress = time.GetUtcNow() };
        }
    }

    public void SitDown(string token, CounterId counter)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(Key(token), out var session)) _open[Key(token)] = session with { Counter = counter };
        }
    }

    public Session? End(string token)
    {
        var key = Key(token);
        lock (_gate) return EndKeys([.. _open.Keys.Where(open => open == key)]).FirstOrDefault();
    }

    public IReadOnlyList<Session> EndAll(string user)
    {
        lock (_gate) return End(session => session.User == user);
    }

    /// <summary>Ends those whose time is over.</summary>
    public IReadOnlyList<Session> Sweep()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return End(session => Over(session, now));
        }
    }

    public bool Any(string user)
    {
        lock (_gate) return _open.Values.Any(session => session.User == user);
    }

    /// <summary>Whether the user sat down at that counter with a session that is still open.</summary>
    public bool AnyAt(string user, CounterId counter)
    {
        lock (_gate) return _open.Values.Any(session => session.User == user && session.Counter == counter);
    }

    public DateTimeOffset Expires(Session session) => session.LastPress + profile.Staff.Session is var idle && idle < session.Ends ? idle : session.Ends;

    private bool Over(Session session, DateTimeOffset now) => Expires(session) <= now;

    private List<Session> End(Func<Session, bool> which) => EndKeys([.. _open.Where(pair => which(pair.Value)).Select(pair => pair.Key)]);

    private List<Session> EndKeys(IReadOnlyList<string> keys)
    {
        var ended = new List<Session>();
        foreach (var key in keys)
        {
            if (!_open.Remove(key, out var session)) continue;
            ended.Add(session);
            _ended.Enqueue(key);
            if (_ended.Count > MostEnded) _ended.Dequeue();
            session.Over.Cancel();
        }

        return ended;
    }

    private static string Key(string token) =>
        token.Length > LongestToken ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
