using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A command of each action as a store writes it, and an answer of each outcome.</summary>
internal static class CommandSamples
{
    private static readonly DateTimeOffset Expires = TestHall.Opening.AddMinutes(2);

    private static readonly IReadOnlyDictionary<string, (string? Args, string? Result)> ByAction = new Dictionary<string, (string?, string?)>
    {
        [StoreActions.IssueTicket] = ("""{"service":"bills","language":"zh-CN","class":"senior","print":true}""", """{"number":"A003","ahead":2,"waitFromMinutes":10,"waitToMinutes":20}"""),
        [StoreActions.CallNext] = ("""{"counter":2}""", """{"number":"A002","counter":2}"""),
        [StoreActions.CallTicket] = ("""{"counter":2,"number":"A002"}""", """{"number":"A002","counter":2}"""),
        [StoreActions.OpenCounter] = ("""{"counter":2}""", """{"counter":2}"""),
        [StoreActions.PauseCounter] = ("""{"counter":2}""", """{"counter":2}"""),
        [StoreActions.ResumeCounter] = ("""{"counter":2}""", """{"counter":2}"""),
        [StoreActions.CloseCounter] = ("""{"counter":2}""", """{"counter":2}"""),
        [StoreActions.ShowMessage] = ("""{"text":{"zh-CN":"请到二号窗口","en":"Please go to counter 2"},"minutes":10}""", """{"notice":"store.show-message-1"}"""),
        [StoreActions.SetPromotion] = ("""{"text":{"en":"New tariffs from Monday on"},"from":"2026-01-05T09:00:00+00:00","until":"2026-01-12T09:00:00+00:00"}""", """{"notice":"store.set-promotion-1"}"""),
        [StoreActions.WithdrawNotice] = ("""{"notice":"store.show-message-1"}""", """{"notice":"store.show-message-1"}"""),
        [StoreActions.Report] = ("""{"day":"2026-01-05"}""", Report()),
        [StoreActions.RestartDevice] = ("""{"device":"ticket-printer"}""", """{"device":"ticket-printer"}"""),
        [StoreActions.ReloadProfile] = (null, null),
    };

    public static IEnumerable<KeyValuePair<string, ContractSample>> Commands =>
        StoreActions.All.Select(action => new KeyValuePair<string, ContractSample>($"command-{action}", ContractSample.Of("command", Command(action, ByAction[action].Args))))
            .Append(new("command-to-device", ContractSample.Of("device-command", Command(StoreActions.RestartDevice, null))));

    public static IEnumerable<KeyValuePair<string, ContractSample>> Answers => new Dictionary<string, ContractSample>
    {
        ["answer-done"] = Answer("done", "A003 was issued; the wait is told as about 10 to 20 minutes.", ByAction[StoreActions.IssueTicket].Result),
        ["answer-repeated"] = Answer("done", "A003 was issued; the wait is told as about 10 to 20 minutes.", ByAction[StoreActions.IssueTicket].Result, repeated: true),
        ["answer-refused"] = Answer("refused", "Nobody is waiting.", """{"reason":"nobody-waiting"}"""),
        ["answer-failed"] = Answer("failed", "ticket-printer cannot be restarted."),
        ["answer-not-allowed"] = Answer("not-allowed", "User \"store\" has the role guide, which may not close-counter. The hall's profile gives roles in mqtt.commands."),
        ["answer-expired"] = Answer("expired", "The command expired at 2026-01-05T08:00:00+00:00; the hall's clock says 2026-01-05T08:00:06+00:00. It was not carried out: send a new one, and see that both clocks are right."),
        ["answer-unknown-action"] = Answer("unknown-action", "There is no action \"dance\"."),
        ["answer-bad-command"] = Answer("bad-command", "The field \"counter\" is missing.", """{"field":"counter","allowed":["1","2"]}""", id: null),
        ["answer-busy"] = Answer("busy", "The hall is busy; nothing was done. Send the command again."),
    };

    /// <summary>Arguments and results by themselves, for their own schemas.</summary>
    public static IEnumerable<KeyValuePair<string, ContractSample>> Parts => ByAction
        .Select(pair => new KeyValuePair<string, ContractSample>($"arguments of {pair.Key}", ContractSample.Of($"args/{pair.Key}", Parsed(pair.Value.Args ?? "{}"))))
        .Concat(ByAction.Where(pair => pair.Value.Result is not null)
            .Select(pair => new KeyValuePair<string, ContractSample>($"result of {pair.Key}", ContractSample.Of($"results/{pair.Key}", Parsed(pair.Value.Result!)))));

    private static string Report()
    {
        var tally = new DayTally(ReportTerms.Of(TestHall.Profile), new(2026, 1, 5), TestHall.Opening, Carry.Nothing);
        tally.Add(new HallEvent.CounterOpened(new(2)), TestHall.Opening, "test");
        tally.Add(new HallEvent.TicketIssued(TestHall.Ticket(1), new('A', 1), new("bills"), "en", 0), TestHall.Opening.AddMinutes(1), "test");
        tally.Add(new HallEvent.TicketCalled(TestHall.Ticket(1), new('A', 1), new("bills"), new(2)), TestHall.Opening.AddMinutes(2), "test");
        tally.Add(new HallEvent.DeviceFaulted("ticket-printer", "OutOfPaper"), TestHall.Opening.AddMinutes(3), null);
        return Encoding.UTF8.GetString(ReportJson.Bytes(tally.Report(TestHall.Opening.AddMinutes(4))));
    }

    private static JsonObject Command(string action, string? args)
    {
        var command = new JsonObject { ["id"] = $"{action}-1", ["action"] = action, ["expires"] = JsonSerializer.SerializeToNode(Expires) };
        if (args is not null) command["args"] = Parsed(args);
        return command;
    }

    private static ContractSample Answer(string outcome, string message, string? result = null, bool repeated = false, string? id = "issue-ticket-1") =>
        ContractSample.Of("answer", PayloadJson.Bytes(new AnswerPayload(
            1, "test-hall", 1, 7, TestHall.Opening.AddSeconds(6), id, null, outcome, message, result is null ? null : JsonSerializer.Deserialize<JsonElement>(result), repeated)));

    private static JsonObject Parsed(string json) => JsonNode.Parse(json)!.AsObject();
}
