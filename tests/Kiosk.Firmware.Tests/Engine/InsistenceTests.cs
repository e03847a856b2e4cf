using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware.Tests.Printers;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Engine;

public sealed class InsistenceTests
{
    private static readonly Request Heard = Request.Once("printer", new HallCommand.WriteDown(new HallEvent.PaperLoaded("ticket-printer", "noticed")));

    [Fact]
    public async Task What_the_journal_does_not_take_is_asked_again_with_the_same_request()
    {
        var time = new ManualTime();
        var intake = new Reluctant(new JournalUnavailableException(JournalTrouble.Broken, "the disk is full"), new IntakeFullException());

        var answer = await time.PassUntilAsync(intake.InsistAsync(Heard, time, CancellationToken.None));

        Assert.Null(answer.Rejection);
        Assert.Equal([Heard, Heard, Heard], intake.Asked);
        Assert.True(time.GetUtcNow() - new ManualTime().GetUtcNow() >= 2 * Insistence.AskAgain);
    }

    [Fact]
    public async Task What_nobody_waits_for_is_asked_again_as_seldom_as_wanted()
    {
        var (time, seldom) = (new ManualTime(), 10 * Insistence.AskAgain);
        var intake = new Reluctant(new IntakeFullException());

        await time.PassUntilAsync(intake.InsistAsync(Heard, time, CancellationToken.None, seldom));

        Assert.True(time.GetUtcNow() - new ManualTime().GetUtcNow() >= seldom);
    }

    [Fact]
    public async Task Defect_is_no_reason_to_ask_again()
    {
        var intake = new Reluctant(new InvalidOperationException("a defect"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => intake.InsistAsync(Heard, new ManualTime(), CancellationToken.None));

        Assert.Single(intake.Asked);
    }

    [Fact]
    public async Task Whoever_stops_asks_no_more()
    {
        using var stop = new CancellationTokenSource();
        var asking = new Reluctant(new IntakeFullException()).InsistAsync(Heard, new ManualTime(), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private sealed class Reluctant(params Exception[] troubles) : IIntake
    {
        public List<Request> Asked { get; } = [];

        public Task<Answer> AskAsync(Request request, CancellationToken cancel)
        {
            Asked.Add(request);
            return Asked.Count <= troubles.Length ? Task.FromException<Answer>(troubles[Asked.Count - 1]) : Task.FromResult(new Answer([], null, false));
        }
    }
}
