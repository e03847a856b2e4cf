using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Kiosk.DemoBiller;
using Kiosk.Firmware.Payments.Billers;
using static Kiosk.Firmware.Tests.Payments.BillerRig;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>The demo biller as integrators and demonstrators use it.</summary>
public sealed class DemoBillerTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Watchdog };
    private BillerRig _rig = null!;

    public async Task InitializeAsync()
    {
        _rig = await BillerRig.StartAsync(TimeProvider.System);
        _http.BaseAddress = _rig.Server.Address;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Restarted_server_knows_its_postings_references_and_refusals()
    {
        var biller = _rig.Terminal();
        var bill = await BillAsync(biller);
        var confirmed = await biller.PostAsync(Posting("p-1", bill), default).WaitAsync(Watchdog);
        var refused = await biller.PostAsync(Posting("p-2", bill, 1), default).WaitAsync(Watchdog);
        var booked = _rig.Server.Postings();

        await _rig.Server.DisposeAsync();
        await _rig.StartBillerAsync();

        Assert.Equal(booked, _rig.Server.Postings());
        Assert.Equal(confirmed, await biller.PostAsync(Posting("p-1", bill), default).WaitAsync(Watchdog));
        Assert.Equal(refused, await biller.PostAsync(Posting("p-2", bill, 1), default).WaitAsync(Watchdog));
        Assert.IsType<PostAnswer.Confirmed>(await biller.PostAsync(Posting("p-3", bill), default).WaitAsync(Watchdog));
        Assert.Equal(["B00000001", "B00000003"], _rig.Server.Postings().Where(posting => posting.State == "confirmed").Select(posting => posting.Receipt));
    }

    [Fact]
    public async Task Behaviour_is_set_and_real_bookings_are_seen_over_HTTP()
    {
        var biller = _rig.Terminal();
        var bill = await BillAsync(biller);
        using var put = await _http.PutAsJsonAsync("control/behaviour", new { kind = "fail-after-booking", times = 5, biller = "mobile" });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        Assert.IsType<PostAnswer.Unknown>(await biller.PostAsync(Posting("p-1", bill), default).WaitAsync(Watchdog));

        var posting = Assert.Single(JsonNode.Parse(await _http.GetStringAsync(new Uri("control/postings?biller=mobile", UriKind.Relative)))!["postings"]!.AsArray())!;
        Assert.Equal(("p-1", "confirmed", 5000, "•••• 5678", 2), ((string)posting["key"]!, (string)posting["state"]!, (int)posting["amount"]!, (string)posting["account"]!, (int)posting["deliveries"]!));
        Assert.Equal(3, (int)JsonNode.Parse(await _http.GetStringAsync(new Uri("control/behaviour", UriKind.Relative)))!["times"]!);
    }

    [Theory]
    [InlineData("""{"kind":"lat"}""", "kind: good, late, garbage, other-key, away, hang-up, fail-after-booking, hang-up-after-booking, twice")]
    [InlineData("""{"kind":"late","biller":"gas"}""", "biller: mobile, power")]
    [InlineData("""{"kind":"late","seconds":-1}""", "seconds: a whole number from 0 to 3600")]
    [InlineData("[]", "body: a JSON object")]
    public async Task Wrong_behaviour_is_refused_with_what_is_allowed(string body, string title)
    {
        using var content = new StringContent(body);
        using var answer = await _http.PutAsync(new Uri("control/behaviour", UriKind.Relative), content);

        Assert.Equal((HttpStatusCode.BadRequest, title), (answer.StatusCode, (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["title"]!));
    }

    [Fact]
    public async Task Nobody_is_served_without_a_token()
    {
        using var look = await _http.PostAsJsonAsync("mobile/bills/look-up", new { account = Account, terminal = "T1", currency = "CNY" });
        using var wrong = new HttpRequestMessage(HttpMethod.Post, "oauth2/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        wrong.Headers.Authorization = new("Basic", Convert.ToBase64String("kiosk:guess"u8));
        using var token = await _http.SendAsync(wrong);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (look.StatusCode, token.StatusCode));
    }

    [Fact]
    public async Task Answer_that_comes_twice_is_twice_on_the_wire()
    {
        var bill = await BillAsync(_rig.Terminal());
        _rig.Server.Behaviour = new(BehaviourKind.Twice);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _rig.Server.Address.Port);
        var stream = client.GetStream();
        var body = $$"""{"reference":"{{bill.Reference}}","amount":5000,"currency":"CNY","terminal":"T1","period":7,"means":"cash","paidAt":"2026-01-05T09:00:00Z"}""";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /mobile/postings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {await TokenAsync()}\r\nIdempotency-Key: p-1\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

        var heard = new StringBuilder();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(Watchdog);
        while (heard.ToString().Split("HTTP/1.1 ").Length < 3 || !heard.ToString().EndsWith('}'))
            heard.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, patience.Token)));

        Assert.Equal(3, heard.ToString().Split("\"key\":\"p-1\"").Length);
        Assert.Equal((1, 2), (_rig.Server.Postings().Count, _rig.Server.Deliveries("p-1")));
    }

    private async Task<string> TokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "oauth2/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"kiosk:{_rig.Options.Secret}")));
        using var answer = await _http.SendAsync(request);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }
}
