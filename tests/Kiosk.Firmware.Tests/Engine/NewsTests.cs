using Kiosk.Firmware.Engine;
using Kiosk.Hardware.Tests.Printers;

namespace Kiosk.Firmware.Tests.Engine;

public sealed class NewsTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2), Watchdog = TimeSpan.FromSeconds(20);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Wait_ends_with_the_news()
    {
        var news = new TaskCompletionSource();
        var wait = News.WithinAsync(Most, _time, either => news.Task.WaitAsync(either), CancellationToken.None);
        _time.Advance(Most - TimeSpan.FromMilliseconds(1));
        Assert.False(wait.IsCompleted);

        news.SetResult();

        Assert.True(await wait.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Wait_ends_with_time_where_there_are_none()
    {
        var wait = News.WithinAsync(Most, _time, NeverAsync, CancellationToken.None);

        _time.Advance(Most);

        Assert.False(await wait.WaitAsync(Watchdog));
    }

    [Fact]
    public async Task Whoever_stops_hears_that_it_was_stopped()
    {
        using var stop = new CancellationTokenSource();
        var wait = News.WithinAsync(Most, _time, NeverAsync, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Watchdog));
    }

    private static Task NeverAsync(CancellationToken cancel) => Task.Delay(Timeout.Infinite, cancel);
}
