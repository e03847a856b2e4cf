using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Domain.Tests.Reports;

public sealed class ReportCsvTests
{
    [Fact]
    public void Cell_that_a_spreadsheet_would_take_for_a_formula_is_made_a_text()
    {
        var report = new Tallies().At("08:00").Must(new OpenDay(Halls.Today)).Must(new StaffCounter(new(1), "=HYPERLINK(\"http://evil\",1)")).Must(new StaffCounter(new(2), "+1")).Report();

        var lines = ReportCsv.Write("clerks", report.Figures, [], id => id).Split("\r\n");

        Assert.StartsWith("'+1,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"'=HYPERLINK(\"\"http://evil\"\",1)\",", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services")]
    [InlineData("half-hours")]
    [InlineData("service-half-hours")]
    [InlineData("counters")]
    [InlineData("clerks")]
    [InlineData("classes")]
    [InlineData("devices")]
    [InlineData("days")]
    public void Every_line_of_a_table_has_as_many_cells_as_its_heads(string table)
    {
        var report = new Tallies().At("08:00").Must(new OpenDay(Halls.Today)).Must(new StaffCounter(new(1), "li")).At("09:00").Take("a", Halls.Pay)
            .Must(new CallNext(new(1), SitDown: true)).Must(new WriteDown(new HallEvent.DeviceFaulted("printer", "Silent"))).At("09:10").Must(new Finish(new(1))).Report();

        var lines = ReportCsv.Write(table, report.Figures, [DayRow.Of(report)], id => id).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.True(lines.Length > 1);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(sign => sign == ','), line.Count(sign => sign == ',')));
    }
}
