namespace Kiosk.Hardware.Printers.Templates;

/// <summary>Made-up values for a preview.</summary>
public static class SlipSamples
{
    /// <param name="copy">0 for the original.</param>
    public static Dictionary<string, string> Of(SlipKind kind, string language, int copy)
    {
        var (hall, service, biller) = language switch
        {
            "zh-CN" => ("城东营业厅", "套餐变更", "示例电力公司"),
            "zh-TW" => ("城東門市", "資費變更", "範例電力公司"),
            _ => ("East Street Hall", "Change of plan", "Example Power"),
        };
        var wait = language switch
        {
            "zh-CN" => "约 10 到 20 分钟",
            "zh-TW" => "約 10 到 20 分鐘",
            _ => "about 10 to 20 minutes",
        };
        var all = new Dictionary<string, string>
        {
            ["hall"] = hall, ["number"] = "A042", ["service"] = service, ["ahead"] = "5", ["wait"] = wait, ["issued"] = "2026-01-05 08:15", ["date"] = "2026-01-05", ["time"] = "08:15",
            ["link"] = $"http://192.168.1.10:8080/{kind.Id}/k7m2p9xw4h", ["receipt"] = "20260105-0042", ["biller"] = biller, ["account"] = "*******4821", ["amount"] = "¥58.00",
            ["cash"] = "", ["change"] = "", ["card"] = "**** **** **** 1234", ["terminal"] = "TID 52500041  TRACE 0177\nAID 378012  00 APPROVED", ["case"] = "", ["claim"] = "", ["doubt"] = "", ["later"] = "", ["confirmed"] = "N-20260105-17", ["copy"] = copy > 0 ? $"{copy}" : "",
        };
        return kind.Fields.ToDictionary(field => field.Name, field => all[field.Name]);
    }
}
