using System.Security.Cryptography;
using System.Text;

namespace Kiosk.DemoBiller;

/// <summary>What becomes of an account, told from its number.</summary>
internal enum Nature
{
    Plain,
    Missing,
    NothingDue,
    Refuses,
    ClosesAfterLookUp,
}

/// <summary>The demo's customers: everybody's name and debt follow from biller and account number, the same at each start.</summary>
internal static class Accounts
{
    private static readonly string[] Surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "林", "郭", "何", "罗"];
    private static readonly string[] LastSigns = ["明", "华", "芳", "伟", "娜", "强", "静", "磊", "洋", "艳", "勇", "娟", "涛", "丽", "超", "霞"];

    /// <summary>By the three digits before the last one, so that numbers with a check digit have them all too.</summary>
    public static Nature Of(string account) => account.Length < 4 ? Nature.Missing : account[^4..^1] switch
    {
        "000" => Nature.Missing,
        "111" => Nature.NothingDue,
        "222" => Nature.Refuses,
        "333" => Nature.ClosesAfterLookUp,
        _ => Nature.Plain,
    };

    /// <summary>As a biller shows it: <c>王*明</c>.</summary>
    public static string MaskedName(string biller, string account)
    {
        var chance = Chance(biller, account);
        return $"{Surnames[chance[0] % Surnames.Length]}*{LastSigns[chance[1] % LastSigns.Length]}";
    }

    /// <summary>The debt before any payment: 10.00 to 309.90, in tenths.</summary>
    public static long Debt(string biller, string account)
    {
        var chance = Chance(biller, account);
        return Of(account) == Nature.NothingDue ? 0 : 1000 + ((chance[2] * 256) + chance[3]) % 3000 * 10;
    }

    private static byte[] Chance(string biller, string account) => SHA256.HashData(Encoding.UTF8.GetBytes($"{biller}:{account}"));
}
