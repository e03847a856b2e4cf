using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>How a make of acceptor is built and opened.</summary>
internal interface ICashMake
{
    ICashMachine Build(TimeProvider time);

    Task<ICashAcceptor> OpenAsync(ByteLink link, TimeProvider time, CancellationToken cancel);
}

/// <summary>An emulated acceptor, its driver, a ledger and a customer at one desk, with a clock that passes when told to.</summary>
internal sealed class CashDesk : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20), Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private readonly ICashMake _make;
    private readonly Queue<long> _purse = new();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public CashDesk(ICashMake make)
    {
        _make = make;
        Machine = make.Build(Clock);
        Ledger.Died += () => Link?.Cut();
    }

    public SteppedClock Clock { get; } = new();

    public ICashMachine Machine { get; }

    public EmulatedTill Till => Machine.Till;

    public CashLedger Ledger { get; } = new();

    public DeskLink? Link { get; private set; }

    public ICashAcceptor? Acceptor { get; private set; }

    public Task Serving { get; private set; } = Task.CompletedTask;

    /// <summary>Of the links that are opened from now on.</summary>
    public Action? Sending { get; set; }

    public Action? Answering { get; set; }

    public bool PurseEmpty => _purse.Count == 0;

    /// <summary>Opens, enables these values, serves.</summary>
    public async Task OpenAsync(params long[] accepted)
    {
        Link = new DeskLink(Machine, Clock) { Sending = () => Sending?.Invoke(), Answering = () => Answering?.Invoke() };
        var opening = _make.OpenAsync(Link, Clock, _stop.Token);
        await UntilAsync(() => opening.IsCompleted, opening);
        Acceptor = await opening;
        Acceptor.Accept(accepted.ToHashSet());
        Serving = Acceptor.ServeAsync(Ledger.Past, Ledger, _stop.Token);
        _running = Acceptor.RunAsync(_stop.Token);
    }

    /// <summary>The customer puts these in one after the other, each as soon as the machine would have it.</summary>
    public void Insert(params long[] minors)
    {
        foreach (var minor in minors) _purse.Enqueue(minor);
    }

    public Task UntilAsync(Func<bool> done) => UntilAsync(done, Serving);

    public Task PassAsync(TimeSpan time)
    {
        var end = Clock.GetTimestamp() + time.Ticks;
        return UntilAsync(() => Clock.GetTimestamp() >= end);
    }

    /// <summary>The host stops in order.</summary>
    public async Task CloseAsync()
    {
        await _stop.CancelAsync();
        await UntilAsync(() => Serving.IsCompleted);
        await Task.WhenAny(_running).WaitAsync(Watchdog);
        await Assert.ThrowsAnyAsync<Exception>(() => Serving);
        await Assert.ThrowsAnyAsync<Exception>(() => _running);
        if (Acceptor is not null) await Acceptor.DisposeAsync().AsTask().WaitAsync(Watchdog);
        (Serving, _running, Acceptor, _stop) = (Task.CompletedTask, Task.CompletedTask, null, new CancellationTokenSource());
    }

    public async ValueTask DisposeAsync()
    {
        if (Acceptor is not null)
        {
            Link?.Cut();
            await CloseAsync();
        }

        _stop.Dispose();
    }

    private async Task UntilAsync(Func<bool> done, Task host)
    {
        for (var passed = TimeSpan.Zero; !done(); passed += Step)
        {
            Assert.True(passed < Limit, $"nothing happened, however late it became: {string.Join("; ", Ledger.Entries)}; {Till.Place}");
            if (_purse.TryPeek(out var next) && Machine.Wants(next)) Till.Take(_purse.Dequeue());
            Till.Pass();
            Clock.Advance(Step);

            // A host that goes on in another thread is waited for: time stands still until it sleeps.
            if (!host.IsCompleted) await Task.WhenAny(host, Clock.ArmedAsync(TimeSpan.FromHours(1)));
        }
    }
}
