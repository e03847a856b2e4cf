using System.Net;
using System.Text;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Billers.Http;
using Microsoft.Extensions.Logging;
using static Kiosk.Firmware.Tests.Payments.BillerRig;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>Answers that no well-behaved biller gives: none of them may be believed.</summary>
public sealed class StrangeAnswersTests : IDisposable
{
    private readonly Line _line = new();
    private readonly BillerDoor _door;
    private readonly HttpBiller _biller;

    public StrangeAnswersTests()
    {
        _door = BillerDoor.WithToken(_line, new(new("https://biller.example/token"), "us", "", null), () => "s", TimeProvider.System);
        _biller = new(Profile("mobile"), new("https://biller.example/v1/"), "T1", "CNY", _door.Line(Patience, TimeProvider.System), new Spoken().CreateLogger<HttpBiller>());
    }

    public void Dispose() => _door.Dispose();

    private static Posting One => new("p-1", "ref", new Money(5000, "CNY"), "T1", 1, "card", new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("""{"key":"p-2","state":"confirmed","number":"B1","amount":5000,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","state":"confirmed","number":"B1","amount":5001,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","state":"confirmed","number":"B1","amount":5000,"currency":"USD"}""")]
    [InlineData("""{"key":"p-1","state":"confirmed","number":"","amount":5000,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","state":"confirmed","number":"B 1\n","amount":5000,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","state":"confirmed","amount":5000,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","state":"pending","number":"B1","amount":5000,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","state":"refused","reason":"because","amount":5000,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","key":"p-1","state":"confirmed","number":"B1","amount":5000,"currency":"CNY"}""")]
    [InlineData("""{"key":"p-1","state":"confirmed","number":"B1","amount":50.5,"currency":"CNY"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Answer_that_is_not_exactly_the_agreed_one_confirms_nothing(string body)
    {
        _line.Answer = (200, "application/json", body);

        Assert.IsType<PostAnswer.Unknown>(await _biller.PostAsync(One, default).WaitAsync(Watchdog));
        Assert.IsType<PostAnswer.Unknown>(await _biller.QueryAsync("p-1", new Money(5000, "CNY"), default).WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData(422, "application/problem+json", """{"reason":"account-closed","key":"p-1"}""", true)]
    [InlineData(422, "application/problem+json", """{"reason":"account-closed","key":"p-2"}""", false)]
    [InlineData(422, "application/problem+json", """{"reason":"account-closed"}""", false)]
    [InlineData(422, "application/json", """{"reason":"account-closed","key":"p-1"}""", false)]
    [InlineData(500, "application/problem+json", """{"reason":"account-closed","key":"p-1"}""", false)]
    [InlineData(409, "application/problem+json", """{"reason":"key-reused","key":"p-1"}""", false)]
    [InlineData(400, "application/problem+json", """{"reason":"bad-request","key":"p-1"}""", false)]
    [InlineData(422, "application/problem+json", """{"reason":"13812345678 is closed","key":"p-1"}""", false)]
    [InlineData(302, "text/html", "elsewhere", false)]
    [InlineData(404, "text/html", "not here", false)]
    public async Task Only_a_problem_that_the_protocol_knows_for_this_key_is_a_refusal(int status, string type, string body, bool refused)
    {
        _line.Answer = (status, type, body);

        var answer = await _biller.PostAsync(One, default).WaitAsync(Watchdog);

        if (refused) Assert.Equal(new PostAnswer.Refused("account-closed"), answer);
        else Assert.DoesNotContain(Account, Assert.IsType<PostAnswer.Unknown>(answer).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "not here")]
    [InlineData("application/problem+json", """{"reason":"not-known","key":"p-2"}""")]
    [InlineData("application/problem+json", """{"reason":"no-such-route","key":"p-1"}""")]
    public async Task Missing_page_does_not_mean_that_the_posting_is_missing(string type, string body)
    {
        _line.Answer = (404, type, body);

        Assert.IsType<PostAnswer.Unknown>(await _biller.QueryAsync("p-1", default).WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData("""{"reference":"13812345678","maskedName":"王*明","due":1,"currency":"CNY"}""")]
    [InlineData("""{"reference":"r","maskedName":"王 13812345678","due":1,"currency":"CNY"}""")]
    [InlineData("""{"reference":"","maskedName":"王*明","due":1,"currency":"CNY"}""")]
    [InlineData("""{"reference":"a b","maskedName":"王*明","due":1,"currency":"CNY"}""")]
    [InlineData("""{"reference":"r","maskedName":"王\u001b[2J","due":1,"currency":"CNY"}""")]
    [InlineData("""{"reference":"r","maskedName":"王*明","due":1,"currency":"USD"}""")]
    [InlineData("""{"reference":"r","maskedName":"王*明","due":-9223372036854775808,"currency":"CNY"}""")]
    [InlineData("""{"reference":"r","maskedName":"王*明","due":1,"currency":"CNY","least":300001}""")]
    [InlineData("""{"reference":"r","maskedName":null,"due":1,"currency":"CNY"}""")]
    public async Task Bill_that_gives_the_account_away_or_cannot_be_is_not_shown(string body)
    {
        _line.Answer = (200, "application/json", body);

        var answer = Assert.IsType<LookUpAnswer.Unavailable>(await _biller.LookUpAsync(Account, default).WaitAsync(Watchdog));

        Assert.DoesNotContain(Account, answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_without_end_is_cut_off_at_the_limit()
    {
        _line.Answer = (200, "application/json", new string(' ', BillerLine.MaxBytes + 1));

        Assert.Contains("longer than", Assert.IsType<PostAnswer.Unknown>(await _biller.PostAsync(One, default).WaitAsync(Watchdog)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_is_in_the_body_of_the_look_up_and_in_no_address_or_header()
    {
        _line.Answer = (200, "application/json", """{"reference":"r-1","maskedName":"王*明","due":-200,"currency":"CNY"}""");

        var bill = Assert.IsType<LookUpAnswer.Found>(await _biller.LookUpAsync(Account, default).WaitAsync(Watchdog)).Bill;

        Assert.Equal((-200, 100L, 300_000L), (bill.Due.Minor, bill.Least.Minor, bill.Most.Minor));
        Assert.Equal(["https://biller.example/token", "https://biller.example/v1/bills/look-up"], _line.Requests.Select(request => request.Address));
        Assert.DoesNotContain(_line.Requests, request => request.Address.Contains(Account, StringComparison.Ordinal) || request.Headers.Contains(Account, StringComparison.Ordinal));
        Assert.Contains(Account, _line.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_cannot_be_made_in_time_is_no_answer_and_nobodys_cancellation()
    {
        _line.Fails = () => new TaskCanceledException("connect");

        Assert.Contains("no connection in time", Assert.IsType<PostAnswer.Unknown>(await _biller.PostAsync(One, default).WaitAsync(Watchdog)).Why, StringComparison.Ordinal);
        Assert.IsType<LookUpAnswer.Unavailable>(await _biller.LookUpAsync(Account, default).WaitAsync(Watchdog));
    }

    /// <summary>A network that answers everything but the token in one way.</summary>
    private sealed class Line : HttpMessageHandler
    {
        public (int Status, string Type, string Body) Answer { get; set; }

        public Func<Exception>? Fails { get; set; }

        public List<(string Address, string Headers, string Body)> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Fails is { } failure) throw failure();
            Requests.Add((request.RequestUri!.AbsoluteUri, request.Headers.ToString(), request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : ""));
            var (status, type, body) = request.RequestUri.AbsolutePath == "/token" ? (200, "application/json", """{"access_token":"t","token_type":"bearer"}""") : Answer;
            return new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        }
    }
}
