using Kiosk.Bench.Halls;
using Kiosk.Bench.Yardsticks;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Bench.Written;

/// <summary>A store of tickets, through which a ticket goes from its issue to the end of its service, a commit for each step.</summary>
/// <param name="pause">Awaited behind each commit.</param>
internal abstract class Lives(Func<Task> pause) : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>One whole life.</summary>
    public abstract Task LiveAsync(CancellationToken cancel);

    /// <summary>That so many lives are really there; throws where they are not.</summary>
    public abstract void Check(int lives);

    public abstract ValueTask DisposeAsync();

    protected Task PauseAsync() => pause();

    protected static void Same(string what, long found, long expected)
    {
        if (found != expected) throw new InvalidOperationException($"{what}: {found} where {expected} were written.");
    }

    /// <summary>The product: engine and journal.</summary>
    public sealed class Ours(EngineHall hall, Func<Task> pause) : Lives(pause)
    {
        private static readonly CounterId Counter = new(1);

        public override string Name => "ours";

        /// <summary>Events of the last life, one list for each commit.</summary>
        public List<IReadOnlyList<Recorded>> Last { get; } = [];

        public override async Task LiveAsync(CancellationToken cancel)
        {
            Last.Clear();
            var id = await hall.TakeAsync(cancel, print: true);
            await NotedAsync();
            var slip = new SlipId(id, 0);
            foreach (var command in new HallCommand[] { new HallCommand.SendSlip(slip), new HallCommand.ReportSlip(slip, SlipReport.Printed), new HallCommand.CallNext(Counter, SitDown: true), new HallCommand.Begin(Counter), new HallCommand.Finish(Counter) })
            {
                await hall.AskAsync(command, cancel);
                await NotedAsync();
            }
        }

        public override void Check(int lives) => Same("services ended", hall.Journal.Read(0, int.MaxValue).Count(one => one.Fact is HallEvent.ServiceFinished), lives);

        public override ValueTask DisposeAsync() => hall.DisposeAsync();

        private Task NotedAsync()
        {
            Last.Add(hall.Journal.LastEvents);
            return PauseAsync();
        }
    }

    public sealed class Crud(CrudStore store, string name, Func<Task> pause) : Lives(pause)
    {
        public override string Name => name;

        public override async Task LiveAsync(CancellationToken cancel)
        {
            var ticket = store.Take();
            await PauseAsync();
            store.Printed(ticket);
            await PauseAsync();
            Same("the ticket that was called", store.Call(), ticket);
            await PauseAsync();
            store.Begin(ticket);
            await PauseAsync();
            store.Finish(ticket);
            await PauseAsync();
        }

        public override void Check(int lives) => Same("tickets finished", store.Finished(), lives);

        public override ValueTask DisposeAsync()
        {
            store.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <param name="bodies">What ours wrote in one life, a record for each commit.</param>
    public sealed class Appending(AppendOnlyFile file, IReadOnlyList<WrittenScenario.Commit> bodies, Func<Task> pause) : Lives(pause)
    {
        public override string Name => AppendOnlyFile.Name;

        public override async Task LiveAsync(CancellationToken cancel)
        {
            foreach (var body in bodies)
            {
                file.Append(body.Body);
                await PauseAsync();
            }
        }

        public override void Check(int lives) => Same("records", file.Count(), (long)lives * bodies.Count);

        public override ValueTask DisposeAsync()
        {
            file.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
