using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Domain.Tests;

/// <summary>The life of a ticket as <c>firmware/docs/events.md</c> draws it, against what random halls do: no arrow too many, none too few.</summary>
public sealed partial class DocumentedLifeTests
{
    private const int HistoriesAtATime = 500, MostTimes = 40, CommandsEach = 80;

    private static readonly ConcurrentDictionary<Type, PropertyInfo?> TicketOf = new();

    [Fact]
    public void Every_change_of_state_is_an_arrow_of_the_picture_and_every_arrow_happens()
    {
        var drawn = Drawn().ToHashSet();
        var seen = new HashSet<string>();

        // Some arrows are rare: it goes on until each was seen.
        for (var times = 0; times < MostTimes && (times < 4 || !seen.IsSupersetOf(drawn)); times++)
        {
            foreach (var commands in HallLaws.AnyCommand.ListOf(CommandsEach).Sample(HistoriesAtATime, CommandsEach)) Watch(commands, seen);
        }

        Assert.True(drawn.Count >= 25, "the picture was not found");
        Assert.Equal(drawn.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private static void Watch(IEnumerable<HallCommand> commands, HashSet<string> seen)
    {
        var story = new Story(Halls.Open);
        foreach (var command in commands)
        {
            var (hall, count) = (story.State, story.Journal.Count);
            if (command is TakeTicket take) story.Take(take.Service, take.Class, take.Then ?? []);
            else story.Do(command);
            foreach (var fact in story.Journal[count..])
            {
                var after = HallDecider.Evolve(hall, fact, story.Now);
                if (Ticket(fact) is { } id && after.Tickets.TryGetValue(id, out var now))
                {
                    seen.Add(Arrow(hall.Tickets.TryGetValue(id, out var was) ? was.Phase.ToString() : "[*]", now.Phase.ToString(), JsonNamingPolicy.KebabCaseLower.ConvertName(fact.GetType().Name)));
                }

                hall = after;
            }
        }
    }

    // Slips have a picture of their own.
    private static TicketId? Ticket(HallEvent fact) => (TicketId?)TicketOf.GetOrAdd(
        fact.GetType(), type => type.Name.StartsWith("Slip", StringComparison.Ordinal) ? null : type.GetProperty("Ticket"))?.GetValue(fact);

    private static IEnumerable<string> Drawn()
    {
        var text = File.ReadAllText(Path.Combine(Site.Profiles.Folder, "../../firmware/docs/events.md"));
        var picture = text.Split("```mermaid").Skip(1).Select(block => block.Split("```")[0]).Single(block => block.Contains("ticket-issued", StringComparison.Ordinal));
        return ArrowLine().Matches(picture).Select(match => Arrow(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));
    }

    private static string Arrow(string from, string to, string type) => $"{from} --> {to} / {type}";

    [GeneratedRegex(@"^\s*(\[\*\]|\w+) --> (\w+) : .* / ([a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex ArrowLine();
}
