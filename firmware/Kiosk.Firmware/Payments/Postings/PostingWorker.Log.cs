namespace Kiosk.Firmware.Payments.Postings;

internal sealed partial class PostingWorker
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Posting {Key} waits for {Biller}: {Why}. It is asked about until there is an answer; those after it wait too")]
    private partial void LogWaits(string key, string biller, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Posting {Key} that waited for {Biller} is settled")]
    private partial void LogSettled(string key, string biller);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Posting {Key} is refused: {Reason}")]
    private partial void LogRefused(string key, string reason);
}
