using BenchmarkDotNet.Attributes;
using Kiosk.Bench.Halls;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;
using Kiosk.Journal;

namespace Kiosk.Bench.Pure;

/// <summary>A telecom hall in the middle of a busy morning: six open counters, two hundred who wait. Public, because BenchmarkDotNet's own code calls it.</summary>
public class HallParts
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 6, 10, 0, 0, TimeSpan.Zero);

    private readonly byte[] _profile = File.ReadAllBytes(HallFile.Path);
    private readonly HallProfile _site = HallFile.Read();
    private HallState _hall = null!;
    private HallEvent _issued = null!;
    private byte[] _body = [];
    private string _type = "";
    private DateTimeOffset _at;
    private int _tickets;

    [GlobalSetup]
    public void Fill()
    {
        (_hall, _at) = (HallState.For(_site, printing: false), Begin);
        Do(new HallCommand.OpenDay(new(2026, 1, 6)));
        foreach (var counter in _site.Counters) Do(new HallCommand.OpenCounter(counter.Number));

        // Enough served customers that waits are foretold.
        for (var n = 0; n < 300; n++)
        {
            Do(Take());
            if (n >= 60) Do(new HallCommand.CallNext(_site.Counters[n % _site.Counters.Length].Number));
        }

        for (var n = 0; n < 200; n++) Do(Take());
        _issued = Decide(Take()).Events[0];
        (_type, _body) = (EventCodec.TypeOf(_issued), EventCodec.Encode(_issued));
    }

    [Benchmark(Description = "decide: a ticket, its wait foretold, the hall after it folded")]
    public object Issue() => Decide(Take());

    [Benchmark(Description = "decide: call the next of 260")]
    public object Call() => Decide(new HallCommand.CallNext(_site.Counters[0].Number));

    [Benchmark(Description = "fold: a ticket was issued")]
    public object Fold() => HallDecider.Evolve(_hall, _issued, _at);

    [Benchmark(Description = "foretell: what is told of the wait for a service")]
    public object? Foretell() => _hall.Waits.Estimate(_hall, _site.Services[0].Id, null, _at);

    [Benchmark(Description = "encode: an event as JSON")]
    public byte[] Encode() => EventCodec.Encode(_issued);

    [Benchmark(Description = "decode: an event from JSON")]
    public object Decode() => EventCodec.Decode(_type, _body);

    [Benchmark(Description = "parse: the profile of the hall, checked")]
    public object? Parse() => ProfileReader.Read(_profile, DeviceSupervisor.Check).Profile;

    private HallCommand.TakeTicket Take() => new(new($"t{++_tickets:000000000000}"), _site.Services[0].Id, "en", Print: false);

    private Decision Decide(HallCommand command) => HallDecider.Decide(_hall, command, _at);

    private void Do(HallCommand command)
    {
        _at += TimeSpan.FromSeconds(5);
        var decision = Decide(command);
        if (decision.Rejection is { } rejection) throw new InvalidOperationException($"{command}: {rejection}");
        _hall = HallDecider.Evolve(_hall, decision.Events, _at);
    }
}
