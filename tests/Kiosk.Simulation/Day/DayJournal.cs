using System.Security.Cryptography;
using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Simulation.Day;

/// <summary>The hall under simulation: commands are decided by the real rules, and what follows is written down.</summary>
internal sealed class DayJournal(HallState hall, Agenda agenda)
{
    private readonly List<Entry> _entries = [];

    public HallState Hall { get; private set; } = hall;

    /// <summary>What a journal would hold.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    public Dictionary<Rejection, int> Refused { get; } = [];

    /// <returns>Whether the hall did it.</returns>
    public bool Ask(string source, HallCommand command, string? who = null)
    {
        var decision = HallDecider.Decide(Hall, command, agenda.Now);
        if (decision.Rejection is { } rejection)
        {
            Refused[rejection] = Refused.GetValueOrDefault(rejection) + 1;
            return false;
        }

        Hall = HallDecider.Evolve(Hall, decision.Events, agenda.Now);
        _entries.AddRange(decision.Events.Select(fact => new Entry(agenda.Now.ToUniversalTime(), fact, null, source, who)));
        return true;
    }

    public void Note(string source, HallEvent.Note fact, string? who = null) => Ask(source, new HallCommand.WriteDown(fact), who);

    /// <summary>SHA-256 over time, type, body, source and person of every event.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in _entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{entry.At:O} {EventCodec.TypeOf(entry.Fact)} {entry.Source} {entry.Who} "));
            hash.AppendData(EventCodec.Encode(entry.Fact));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
