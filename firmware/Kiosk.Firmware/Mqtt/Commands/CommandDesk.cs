using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <param name="Topic">Where the answer goes.</param>
/// <param name="Until">After that nobody waits for it.</param>
/// <param name="After">What is left to do when it is out, or null.</param>
internal sealed record CommandAnswer(string Topic, AnswerPayload Payload, DateTimeOffset Until, Action? After = null);

/// <summary>
/// Carries out the store's commands, one after the other: each id once. What was carried out or refused by the hall is in the journal before
/// it is answered, so that a repeat, also after a power cut, gets the same answer.
/// </summary>
internal sealed class CommandDesk(
    HallFeed feed, BookKeeper books, IIntake intake, Refusals refusals, IEnumerable<IStoreActions> actions, Topics topics, TimeProvider time)
{
    /// <summary>Of one user, a minute: each is a fact in the journal for ever.</summary>
    public const int MostAMinute = 120;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(10);

    private readonly CommandReader _reader = new(topics, time);
    private readonly Dictionary<string, StoreAction> _actions = actions.SelectMany(kind => kind.All).ToDictionary(action => action.Name);
    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _paces = [];

    private HallProfile Profile => feed.Profile;

    public async Task<CommandAnswer> HandleAsync(Incoming incoming, CancellationToken cancel)
    {
        try
        {
            var command = _reader.Read(incoming);
            if (books.Current.Store.Find(command.User, command.Id) is { } answered) return Again(command, answered);

            var outcome = await DoAsync(command, cancel);
            return new(command.ReplyTo, Payload(command.Id, command.Correlation, outcome, repeated: false), Until(command), outcome.After);
        }
        catch (BadInputException bad)
        {
            return Unread(incoming, Bad(bad));
        }
    }

    /// <summary>The answer where a defect kept the command from an outcome. What the hall had done by then is in its journal; a repeat finds it there.</summary>
    public CommandAnswer Failed(Incoming incoming) => Unread(incoming, new(CommandOutcome.Failed, "A defect of the hall's program kept it from its end: look at the hall before you send it again, and tell the technician (the host's log says more)."));

    private CommandAnswer Unread(Incoming incoming, CommandOutcome outcome)
    {
        var (id, correlation) = CommandReader.HeadOf(incoming);
        return new(incoming.ReplyTo, Payload(id, correlation, outcome, repeated: false), time.GetUtcNow() + Minute);
    }

    private async Task<CommandOutcome> DoAsync(StoreCommand command, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now >= command.Expires)
            return new(CommandOutcome.Expired, $"The command expired at {command.Expires:O}; the hall's clock says {now:O}. It was not carried out: send a new one, and see that both clocks are right.");
        if (!_actions.TryGetValue(command.Action, out var action))
            return new(CommandOutcome.UnknownAction, $"There is no action \"{Short(command.Action)}\"; there are: {string.Join(", ", StoreActions.All)}.");
        if (await MayNotAsync(command, action) is { } no) return no;
        if (!Room(command.User, now)) return new(CommandOutcome.Busy, $"More than {MostAMinute} commands of one user a minute: send it again with the same id in a minute.");

        CommandOutcome outcome;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            outcome = await action.DoAsync(command, patience.Token);
        }
        catch (BadInputException bad)
        {
            return Bad(bad);
        }
        catch (Exception busy) when (busy is JournalUnavailableException or IntakeFullException || (busy is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(CommandOutcome.Busy, $"{busy.Message} The command may be sent again with the same id.");
        }

        return await RememberAsync(command, outcome, cancel);
    }

    /// <summary>Durable before it is answered.</summary>
    private async Task<CommandOutcome> RememberAsync(StoreCommand command, CommandOutcome outcome, CancellationToken cancel)
    {
        if (outcome.Outcome == CommandOutcome.Busy) return outcome;
        try
        {
            // A report is long and can be asked for again: only that it was given is kept.
            var kept = command.Action == StoreActions.Report ? null : outcome.Result?.ToJsonString();
            await intake.AskAsync(
                Request.Once(StoreCommand.Source, new HallCommand.WriteDown(new HallEvent.StoreCommandAnswered(command.Id, command.User, command.Action, outcome.Outcome, command.Expires, outcome.Message, kept, command.Mark)), command.Who), cancel);
            return outcome;
        }
        catch (Exception busy) when (busy is JournalUnavailableException or IntakeFullException)
        {
            return new(CommandOutcome.Busy, $"{busy.Message} The command may be sent again with the same id.") { After = outcome.After };
        }
    }

    private async Task<CommandOutcome?> MayNotAsync(StoreCommand command, StoreAction action)
    {
        var known = Profile.Mqtt.Commands.TryGetValue(command.User, out var role);
        if (known && role.May(action.Right)) return null;

        await refusals.AccessAsync(command.Who, StoreCommand.Source, $"command {command.Action}", known ? "role" : "not-signed-in");
        return new(CommandOutcome.NotAllowed, known
            ? $"User \"{command.User}\" has the role {role.ToString().ToLowerInvariant()}, which may not {command.Action}. The hall's profile gives roles in mqtt.commands."
            : $"User \"{command.User}\" may send no commands: add it to mqtt.commands in the hall's profile, with a role.");
    }

    // That a command came too late is worth an answer too.
    private DateTimeOffset Until(StoreCommand command) => time.GetUtcNow() + Minute is var soon && command.Expires < soon ? soon : command.Expires;

    private bool Room(string user, DateTimeOffset now)
    {
        var (since, count) = _paces.GetValueOrDefault(user);
        if (now - since >= Minute) (since, count) = (now, 0);
        _paces[user] = (since, count + 1);
        return count < MostAMinute;
    }

    private CommandAnswer Again(StoreCommand command, HallEvent.StoreCommandAnswered answered)
    {
        // Another command under a used id is a mistake of its sender, and nothing that was done is told for it.
        var other = Other(command, answered);
        var outcome = other is null
            ? new CommandOutcome(answered.Outcome, answered.Message ?? "", answered.Result is { } result ? JsonNode.Parse(result)!.AsObject() : null)
            : new(CommandOutcome.BadCommand, other);
        return new(command.ReplyTo, Payload(command.Id, command.Correlation, outcome, repeated: other is null), Until(command));
    }

    private static string? Other(StoreCommand command, HallEvent.StoreCommandAnswered answered)
    {
        if (answered.Action != command.Action) return $"The id \"{command.Id}\" was used for {answered.Action}: use a new id for each command.";
        return answered.Mark is { } mark && mark != command.Mark
            ? $"The id \"{command.Id}\" was used for {answered.Action} with other arguments, and this one was not carried out: use a new id for each command."
            : null;
    }

    private static CommandOutcome Bad(BadInputException bad) => new(CommandOutcome.BadCommand, bad.Message, new()
    {
        ["field"] = bad.Field,
        ["allowed"] = bad.Allowed is { } allowed ? new JsonArray([.. allowed.Select(value => (JsonNode?)value)]) : null,
    });

    private AnswerPayload Payload(string? id, string? correlation, CommandOutcome outcome, bool repeated)
    {
        var latest = feed.Latest;
        return new(
            Snapshots.Version, Profile.Id, latest.Epoch, latest.Seq, time.GetUtcNow(), id, correlation, outcome.Outcome, outcome.Message,
            outcome.Result is { } result ? JsonSerializer.SerializeToElement(result) : null, repeated);
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
