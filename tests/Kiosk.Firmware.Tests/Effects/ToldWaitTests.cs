using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Hardware.Printers;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Firmware.Tests.Effects;

/// <summary>What is told of the wait, where programs and paper show it.</summary>
public sealed class ToldWaitTests : IAsyncLifetime
{
    private static readonly WaitPromise Told = new(900, 660, 1_150, 800, 1_000);

    private RunningHall _hall = null!;

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync(services: all => all.AddSingleton<WaitQuote>((_, service, _) => service.Value == "pay" ? Told : null));

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Hall_tells_programs_the_range_of_each_service_and_null_where_nothing_is_known()
    {
        var services = (await _hall.GetAsync("hall"))["services"]!.AsArray();

        Assert.Equal("""{"fromMinutes":10,"toMinutes":20,"sentence":"about 10 to 20 minutes"}""", services.Single(service => (string)service!["id"]! == "pay")!["wait"]!.ToJsonString());
        Assert.All(services.Where(service => (string)service!["id"]! != "pay"), service => Assert.True(service!.AsObject().ContainsKey("wait") && service["wait"] is null));
    }

    [Fact]
    public async Task Ticket_tells_what_its_customer_was_told_and_null_where_that_was_nothing()
    {
        var taken = (await _hall.PostAsync("tickets", new { service = "pay", print = false })).Body;
        Assert.Null(taken["promise"]);
        var id = (string)taken["id"]!;

        Tell(id);
        var promise = (await _hall.GetAsync($"tickets/{id}"))["promise"]!;

        Assert.Equal((900, 660, 1150), ((int)promise["aboutSeconds"]!, (int)promise["fromSeconds"]!, (int)promise["toSeconds"]!));
        Assert.Equal("about 10 to 20 minutes", (string)promise["told"]!["sentence"]!);
    }

    [Theory]
    [InlineData("zh-CN", "预计等候", "约 10 到 20 分钟")]
    [InlineData("zh-TW", "預計等候", "約 10 到 20 分鐘")]
    [InlineData("en", "Wait", "about 10 to 20 minutes")]
    public async Task Paper_says_it_in_the_customers_language(string language, string label, string wait)
    {
        var id = (string)(await _hall.PostAsync("tickets", new { service = "pay", language, print = false })).Body["id"]!;
        var layout = _hall.The<TicketLayout>();
        Assert.DoesNotContain(layout.Compose(_hall.The<HallFeed>().Latest.State, new(new(id), 0))!.Elements, element => element is SlipElement.Pair pair && pair.Left == label);

        Tell(id);
        var slip = layout.Compose(_hall.The<HallFeed>().Latest.State, new(new(id), 0))!;

        Assert.Contains(new SlipElement.Pair(label, wait), slip.Elements);
    }

    [Fact]
    public async Task Ticket_that_was_sent_to_another_service_is_not_printed_with_what_was_told_for_the_first()
    {
        var id = (string)(await _hall.PostAsync("tickets", new { service = "pay", language = "en", print = false })).Body["id"]!;
        await _hall.PostAsync($"tickets/{id}/transfer", new { service = "plan-change" });
        Tell(id);

        var slip = _hall.The<TicketLayout>().Compose(_hall.The<HallFeed>().Latest.State, new(new(id), 0))!;

        Assert.DoesNotContain(slip.Elements, element => element is SlipElement.Pair { Left: "Wait" });
    }

    private void Tell(string id)
    {
        var (feed, ticket) = (_hall.The<HallFeed>(), new TicketId(id));
        var latest = feed.Latest;
        feed.Publish(latest with { State = latest.State with { Tickets = latest.State.Tickets.SetItem(ticket, latest.State.Tickets[ticket] with { Promise = Told }) } });
    }
}
