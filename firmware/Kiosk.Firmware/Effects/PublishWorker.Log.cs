namespace Kiosk.Firmware.Effects;

internal sealed partial class PublishWorker
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Reporting to the store has stopped and is tried again: {Reason}")]
    private partial void LogTrouble(string reason, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store asks for everything again, from {From} on")]
    private partial void LogRebirth(string from);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ignored what came on {Topic}: {Reason}")]
    private partial void LogBadWord(string topic, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Texts of devices that left the profile are not looked for: {Reason}")]
    private partial void LogNotTidied(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Reporting to the store stops")]
    private partial void LogStopping();
}
