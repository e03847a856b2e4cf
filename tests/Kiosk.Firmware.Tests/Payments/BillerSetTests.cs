using Kiosk.DemoBiller;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Postings;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Kiosk.Firmware.Tests.Payments.BillerRig;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>The billers as the host has them.</summary>
public sealed class BillerSetTests : IDisposable
{
    private readonly TestDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Demo_hall_pays_to_its_emulated_billers()
    {
        await using var hall = await RunningHall.StartAsync();
        var billers = hall.The<BillerSet>();

        Assert.Equal(["mobile", "broadband", "electricity"], billers.All.Select(biller => biller.Id));
        Assert.Null(billers.Find("gas"));
        foreach (var biller in billers.All)
        {
            var bill = Assert.IsType<LookUpAnswer.Found>(await biller.LookUpAsync(Account, default).WaitAsync(Watchdog)).Bill;
            Assert.IsType<PostAnswer.Confirmed>(await biller.PostAsync(Posting("p-" + biller.Id, bill), default).WaitAsync(Watchdog));
        }

        var access = Path.Combine(hall.Data, "demo-biller", BillerSet.AccessFile);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(access));
        Assert.Contains($"BILLER_URL={billers.Demo!.Address}", await File.ReadAllTextAsync(access), StringComparison.Ordinal);
        Assert.Equal(3, billers.Demo.Postings().Count);
    }

    [Fact]
    public async Task Hall_without_a_terminal_has_no_billers_and_starts_no_server()
    {
        await using var set = new BillerSet(null, _data.Path, _data.Path, TimeProvider.System, new Spoken());
        await set.StartingAsync(default);

        Assert.Empty(set.All);
        Assert.Null(set.Demo);
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    [Fact]
    public async Task Demo_biller_is_there_before_the_first_posting_and_after_the_last_and_knows_it_in_the_next_life()
    {
        var queue = new MemoryQueue();
        for (var life = 1; life <= 2; life++)
        {
            using var host = Host(queue);
            await host.StartAsync();
            var set = host.Services.GetRequiredService<BillerSet>();
            var bill = Assert.IsType<LookUpAnswer.Found>(await set.Find("mobile")!.LookUpAsync(Account, default).WaitAsync(Watchdog)).Bill;
            queue.Add("mobile", Posting($"p-{life}", bill));
            await queue.DoneAsync().WaitAsync(Watchdog);
            Assert.Equal(life, set.Demo!.Postings().Count);

            set.Demo.Behaviour = new(BehaviourKind.Late) { Delay = TimeSpan.FromHours(1) };
            await host.StopAsync().WaitAsync(Watchdog);
            Assert.Null(set.Demo);
        }
    }

    private IHost Host(MemoryQueue queue)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<ILoggerFactory>(new Spoken()).AddSingleton<IPostingQueue>(queue);
        builder.Services.AddBillers(new PaymentsProfile("T1", "CNY", [Profile("mobile")], null, null), _data.Path, _data.Path).AddPostings();
        return builder.Build();
    }
}
