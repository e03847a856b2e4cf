using System.Globalization;
using System.Text;
using Kiosk.Domain.Hall;

namespace Kiosk.Simulation.Waits;

/// <summary>A day as an SVG: the range that newcomers were told over the clock, with gaps where nothing was told, and the wait of each customer as it came.</summary>
internal static class BrokenDayPlot
{
    private const int Width = 1100, Left = 60, Right = 20, Height = 230, Top = 60, Gap = 60;

    public static readonly TimeSpan From = TimeSpan.FromHours(9), Until = TimeSpan.FromHours(17.25);

    public static string Svg(IReadOnlyList<Panel> panels)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Top + (panels.Count * (Height + Gap))}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13"><title id="t">Waits told and waits that came, on days on which everything is different</title><desc id="d">Bands are the range of nine in ten that newcomers were told; where there is none, nothing was told. Dots are waits that came, crosses those outside the range that was told to them, rings those of customers who were told nothing.</desc><rect width="100%" height="100%" fill="#fff"/>""");
        text.Append("""<text x="60" y="22" font-size="16" font-weight="700">Minutes that newcomers were told, and waits that came</text><text x="60" y="42">band: told, nine in ten · dot: as told · cross: not as told · ring: nothing was told (a counter was free, none was open, or what was told did not hold)</text>""");
        for (var index = 0; index < panels.Count; index++) Draw(text, Top + 20 + (index * (Height + Gap)), panels[index]);
        return text.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder text, int top, Panel panel)
    {
        var (name, service, (day, visits, quotes), spans) = panel;
        var (mine, asked) = (visits.Where(visit => visit.Service == service && visit.Wait is not null).ToList(), quotes.Where(quote => quote.Service == service).ToList());
        var most = Math.Max(20, Math.Ceiling(mine.Select(visit => visit.Wait!.Value).Max() * 1.3 / 1200) * 20);
        double X(TimeSpan at) => Left + ((Width - Left - Right) * ((at - From) / (Until - From)));
        double Y(double seconds) => top + Height - (Height * Math.Min(1, seconds / 60 / most));
        foreach (var span in spans)
        {
            text.Append(CultureInfo.InvariantCulture, $"""<rect x="{X(span.From):0.#}" y="{top}" width="{X(span.Until) - X(span.From):0.#}" height="{Height}" fill="#f3e6d2"/><text x="{X(span.From) + 4:0.#}" y="{top + 14}" fill="#7a4a00">{span.Name}</text>""");
        }

        foreach (var run in Runs(asked))
        {
            var upper = string.Join(' ', run.Select(quote => string.Create(CultureInfo.InvariantCulture, $"{X(quote.At - day):0.#},{Y(quote.Told!.To):0.#}")));
            var lower = string.Join(' ', run.AsEnumerable().Reverse().Select(quote => string.Create(CultureInfo.InvariantCulture, $"{X(quote.At - day):0.#},{Y(quote.Told!.From):0.#}")));
            text.Append(CultureInfo.InvariantCulture, $"""<polygon points="{upper} {lower}" fill="#9cc3e6" stroke="#0b5394" stroke-width="0.6" fill-opacity="0.7"/>""");
        }

        foreach (var visit in mine)
        {
            var (x, y) = (X(visit.Issued - day), Y(visit.Wait!.Value));
            text.Append(visit.Told switch
            {
                null => string.Create(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="2.6" fill="none" stroke="#5d6b78"/>"""),
                { } told when told.Holds(visit.Wait.Value) => string.Create(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="2.4" fill="#0f3d63"/>"""),
                _ => string.Create(CultureInfo.InvariantCulture, $"""<path d="M{x - 3:0.#} {y - 3:0.#}l6 6m0 -6l-6 6" stroke="#b3261e" stroke-width="1.8"/>"""),
            });
        }

        text.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{top + Height}" y2="{top + Height}" stroke="#5d6b78"/><text x="{Left}" y="{top - 8}" font-weight="700">{name}</text>""");
        for (var hour = 9; hour <= 17; hour++) text.Append(CultureInfo.InvariantCulture, $"""<text x="{X(TimeSpan.FromHours(hour)):0.#}" y="{top + Height + 18}" text-anchor="middle">{hour}:00</text>""");
        for (var tick = 0; tick <= 4; tick++) text.Append(CultureInfo.InvariantCulture, $"""<text x="{Left - 8}" y="{Y(most * tick * 15) + 4:0.#}" text-anchor="end">{most * tick / 4:0.#}</text>""");
    }

    // Stretches without a gap.
    private static IEnumerable<List<Quote>> Runs(List<Quote> quotes)
    {
        var run = new List<Quote>();
        foreach (var quote in quotes)
        {
            if (quote.Told is not null) run.Add(quote);
            if (quote.Told is null && run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0) yield return run;
    }
}

/// <summary>One service on one day.</summary>
/// <param name="Spans">What was out of order, and when.</param>
internal sealed record Panel(string Name, ServiceId Service, BrokenDay Day, IReadOnlyList<(TimeSpan From, TimeSpan Until, string Name)> Spans);
