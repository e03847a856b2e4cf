using System.Globalization;
using System.Text;

namespace Kiosk.Domain.Payments;

/// <summary>A settlement as a spreadsheet reads it: RFC 4180, a line of heads, empty where nobody said. Nothing in it was written by people.</summary>
public static class SettlementCsv
{
    public static string Write(int period, IEnumerable<SettlementLine> lines)
    {
        var text = new StringBuilder("period,line,currency,ledger,ledger_count,other,other_count,difference,explained\r\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{period},{line.Line},{line.Ledger.Currency},{line.Ledger.Plain},{line.LedgerCount},{line.Other?.Plain},{line.OtherCount},{line.Difference?.Plain},{line.Explained.Plain}\r\n");
        }

        return text.ToString();
    }
}
