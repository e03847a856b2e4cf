using System.Text.Json;

namespace Kiosk.Provisioning.Check;

/// <summary>What the test of one device found.</summary>
/// <param name="Result"><c>pass</c>; <c>pass, needs attention</c>; <c>fail</c>; <c>not tested</c> for an emulated device without a host.</param>
/// <param name="Reason">What is wrong, as a sentence; null where nothing is.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record DeviceTest(string Id, string? Class, string Driver, string Result, string? Fault, string? Reason, string? Advice, string Detail)
{
    public const string Pass = "pass", Attention = "pass, needs attention", Fail = "fail", NotTested = "not tested";

    private const int LongestDetail = 80;

    private static readonly string[] Heads = ["DEVICE", "CLASS", "RESULT", "REASON", "WHAT TO DO"];

    public static DeviceTest Of(DeviceRow row)
    {
        var result = row.State switch
        {
            "Ok" => Pass,
            "Degraded" => Attention,
            DeviceRow.NotOpened => NotTested,
            _ => Fail,
        };

        // Nothing was heard of it: that is no fault of the list, and no pass.
        var fault = row.Fault ?? (result == Fail ? "NotTested" : null);
        return new(row.Id, row.Class, row.Driver, result, fault, fault is null ? null : FaultWords.Reason(fault), fault is null ? null : FaultWords.Advice(fault), row.Detail);
    }

    public static int Code(IReadOnlyList<DeviceTest> tests) => tests.Any(test => test.Result == Fail) ? ExitCode.OutOfService : ExitCode.Fine;

    /// <summary>One line per device below a line of heads, then a line that sums up.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<DeviceTest> tests)
    {
        if (tests.Count == 0) return ["  (no devices)"];

        var rows = tests.Select(test => (string[])[test.Id, test.Class ?? "-", test.Result == Fail ? "FAIL" : test.Result, test.Reason ?? "-", Both(test.Advice, Short(test.Detail))]).Prepend(Heads).ToList();
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => ("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd())
            .Append($"{tests.Count(test => test.Result is Pass or Attention)} of {tests.Count} pass");
    }

    public static string Json(IReadOnlyList<DeviceTest> tests, string? host) => JsonSerializer.Serialize(new { host, passed = Code(tests) == ExitCode.Fine, devices = tests }, Provisioning.Json.Shape);

    // The whole of it is in --json.
    private static string Short(string detail) => detail.Length <= LongestDetail ? detail : detail[..LongestDetail] + "…";

    private static string Both(string? advice, string detail) => (advice, detail) switch
    {
        (null, "") => "-",
        (null, _) => $"({detail})",
        (_, "") => advice,
        _ => $"{advice} ({detail})",
    };
}
