using System.Globalization;
using Kiosk.Mqtt;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Kiosk.Provisioning.Store;

/// <summary>A copy on a terminal: connection and figures, services, counters, the last events, what was odd.</summary>
internal static class WatchScreen
{
    public const int NoticesKept = 5;

    private static readonly Style Bad = new(Color.Red), Good = new(Color.Green), Dim = new(Color.Grey);

    /// <param name="notices">The latest last.</param>
    public static IRenderable Of(CopyView view, DateTimeOffset now, TimeZoneInfo zone, IReadOnlyList<string> notices)
    {
        var rows = new List<IRenderable> { Head(view), Figures(view) };
        if (WatchLine.Why(view) is { } trouble) rows.Add(new Text(trouble, Bad));
        if (view.Doubt is { } doubt) rows.Add(new Text($"The state may be wrong until the next business day: {doubt}.", Bad));
        if (ServiceLine.Of(view, now) is { } services && CounterLine.Of(view) is { } counters) rows.Add(new Columns(Services(services), Counters(counters)) { Expand = false });
        else rows.Add(new Text("The hall has not described itself yet: its events are kept, and folded when it has.", Dim));
        rows.Add(Events(view, zone));
        rows.AddRange(notices.Select(notice => new Text(notice, Bad)));
        return new Rows(rows);
    }

    private static Text Head(CopyView view)
    {
        var name = view.Profile is { } profile ? $"{profile.Name.In(profile.DefaultLanguage)} ({view.Hall})" : view.Hall;
        var hall = view.Word.Latest switch
        {
            null => "not heard of yet",
            { Online: true } => "online",
            _ => "OFFLINE",
        };
        return new($"{name}: hall {hall}, broker {WatchLine.Words(view.Connection)}", view is { Word.Online: true, Connection: MqttState.Connected } ? Good : Bad);
    }

    private static Grid Figures(CopyView view)
    {
        var grid = new Grid().AddColumns(8);
        Add("place", view.Place.ToString(), "behind", Number(view.Behind), "acknowledged", Number(view.Acknowledged.Seq), "taken", Number(view.Figures.Taken));
        Add("gaps", Number(view.Figures.Gaps) + (view.Gap is null ? "" : " (one is open)"), "repeats", Number(view.Figures.Repeats), "contradictions", Number(view.Figures.Contradictions), "missing", Number(view.Missing));
        Add("unreadable", Number(view.Figures.Unreadable + view.Unfolded), "unknown types", Number(view.Unknown), "stale", Number(view.Figures.Stale), "rebirths asked", Number(view.Figures.Rebirths));
        return grid;

        void Add(params ReadOnlySpan<string> cells)
        {
            var row = new List<IRenderable>();
            for (var n = 0; n < cells.Length; n++) row.Add(new Text(cells[n], n % 2 == 0 ? Dim : Style.Plain));
            grid.AddRow([.. row]);
        }
    }

    private static Table Services(IReadOnlyList<ServiceLine> services)
    {
        var table = Frame("service", "waiting", "longest", "issued", "last called");
        foreach (var service in services)
        {
            table.AddRow(
                new Text(service.Name),
                new Text(Number(service.Waiting)),
                new Text(service.LongestWaitSeconds is { } wait ? TimeSpan.FromSeconds(wait).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "-"),
                new Text(Number(service.Issued)),
                new Text(service.LastCalled ?? "-"));
        }

        return table;
    }

    private static Table Counters(IReadOnlyList<CounterLine> counters)
    {
        var table = Frame("counter", "is", "ticket", "");
        foreach (var counter in counters)
        {
            table.AddRow(
                new Text(Number(counter.Counter)),
                new Text(counter.State, counter.State == "open" ? Good : Dim),
                new Text(counter.Ticket ?? "-"),
                new Text(counter.Phase ?? ""));
        }

        return table;
    }

    private static Table Events(CopyView view, TimeZoneInfo zone)
    {
        var table = Frame("time", "seq", "what happened");
        foreach (var one in view.Latest)
        {
            table.AddRow(
                new Text(TimeZoneInfo.ConvertTime(one.At, view.Profile?.TimeZone ?? zone).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                new Text(Number(one.Place.Seq)),
                new Text(CopyWords.Of(one)));
        }

        return table;
    }

    private static Table Frame(params ReadOnlySpan<string> heads)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var head in heads) table.AddColumn(new TableColumn(new Text(head, Dim)));
        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
