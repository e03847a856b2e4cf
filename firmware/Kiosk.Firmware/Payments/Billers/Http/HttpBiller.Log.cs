namespace Kiosk.Firmware.Payments.Billers.Http;

internal sealed partial class HttpBiller
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The biller {Biller} does not answer as it should: {Why}. What was paid is posted later.")]
    private partial void LogAway(string biller, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The biller {Biller} answers again")]
    private partial void LogBack(string biller);
}
