using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Mqtt;
using Kiosk.Ui;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <summary>Tickets and counters: what a key or a guide could do.</summary>
internal sealed class HallActions(HallFeed feed, IIntake intake) : IStoreActions
{
    private static readonly Dictionary<string, PriorityClass> Classes = Enum.GetValues<PriorityClass>().ToDictionary(TicketShape.Kebab);

    public IEnumerable<StoreAction> All =>
    [
        new(StoreActions.IssueTicket, Right.GuideCustomers, IssueAsync),
        new(StoreActions.CallNext, Right.ServeCounter, (command, cancel) => CallAsync(command, CallNext(command), cancel)),
        new(StoreActions.CallTicket, Right.ServeCounter, (command, cancel) => CallAsync(command, CallTicket(command), cancel)),
        Counter(StoreActions.OpenCounter, id => new HallCommand.OpenCounter(id)),
        Counter(StoreActions.PauseCounter, id => new HallCommand.PauseCounter(id)),
        Counter(StoreActions.ResumeCounter, id => new HallCommand.ResumeCounter(id)),
        Counter(StoreActions.CloseCounter, id => new HallCommand.CloseCounter(id)),
    ];

    private async Task<CommandOutcome> IssueAsync(StoreCommand command, CancellationToken cancel)
    {
        var (body, profile) = (RequestBody.Of(command.Args, "service", "language", "class", "print"), feed.Profile);
        var service = body.Text("service", [.. profile.Services.Select(known => known.Id.Value)]);
        var language = body.OptionalText("language", profile.Languages) ?? profile.DefaultLanguage;
        var priority = body.OptionalText("class", [.. Classes.Keys]) is { } name ? Classes[name] : (PriorityClass?)null;
        var take = new HallCommand.TakeTicket(TicketCodes.Draw(), new(service), language, body.Flag("print", true), priority);
        return Outcome(await intake.AskAsync(command.Asking(take), cancel), events =>
        {
            var issued = events.OfType<TicketIssued>().First();
            var told = issued.Promise is { } promise ? WaitRange.Of(promise) : null;
            return CommandOutcome.Done(
                told is null ? $"{issued.Number} was issued." : $"{issued.Number} was issued; the wait is told as {Phrases.In("en").WaitAloud(told)}.",
                new() { ["number"] = issued.Number.ToString(), ["ahead"] = issued.Ahead, ["waitFromMinutes"] = told?.From, ["waitToMinutes"] = told?.To });
        });
    }

    private async Task<CommandOutcome> CallAsync(StoreCommand command, HallCommand call, CancellationToken cancel) =>
        Outcome(await intake.AskAsync(command.Asking(call), cancel), events =>
        {
            // The customer who was there is finished, and nobody follows.
            if (events.OfType<TicketCalled>().FirstOrDefault() is not { } called)
                return CommandOutcome.Done("The last customer is finished; nobody waits.", new() { ["number"] = null, ["counter"] = events.OfType<ServiceFinished>().First().Counter.Value });
            return CommandOutcome.Done($"{called.Number} was called to counter {called.Counter}.", new() { ["number"] = called.Number.ToString(), ["counter"] = called.Counter.Value });
        });

    private HallCommand.CallNext CallNext(StoreCommand command) => new(Counter(RequestBody.Of(command.Args, "counter")));

    private HallCommand.CallTicket CallTicket(StoreCommand command)
    {
        var body = RequestBody.Of(command.Args, "counter", "number");
        var counter = Counter(body);
        var number = body.FreeText("number") ?? throw new BadInputException("number", "The field \"number\" is missing: the number on the ticket, as A012.");
        var ticket = feed.Latest.State.Tickets.Values.FirstOrDefault(known => known.Number.ToString() == number)
            ?? throw new BadInputException("number", $"No ticket of today has the number \"{(number.Length <= 10 ? number : number[..10])}\".");
        return new(counter, ticket.Id);
    }

    private StoreAction Counter(string name, Func<CounterId, HallCommand> press) => new(name, Right.ServeCounter, async (command, cancel) =>
    {
        var counter = Counter(RequestBody.Of(command.Args, "counter"));
        return Outcome(await intake.AskAsync(command.Asking(press(counter)), cancel), _ => CommandOutcome.Done($"Done at counter {counter}.", new() { ["counter"] = counter.Value }));
    });

    private CounterId Counter(RequestBody body)
    {
        int[] known = [.. feed.Profile.Counters.Select(counter => counter.Number.Value)];
        return new(body.OptionalNumber("counter", known) ?? throw new BadInputException("counter", "The field \"counter\" is missing.", [.. known.Select(number => $"{number}")]));
    }

    private static CommandOutcome Outcome(Answer answer, Func<IEnumerable<HallEvent>, CommandOutcome> done)
    {
        if (answer.Rejection is { } rejection) return new(CommandOutcome.Refused, rejection.Sentence(), new() { ["reason"] = rejection.Code() });
        return answer.Events.IsEmpty
            ? new(CommandOutcome.BadCommand, "This id was used for something else: use a new id for each command.")
            : done(answer.Events.Select(recorded => recorded.Fact));
    }
}
