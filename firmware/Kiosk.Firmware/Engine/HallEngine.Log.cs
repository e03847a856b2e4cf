namespace Kiosk.Firmware.Engine;

internal sealed partial class HallEngine
{
    [LoggerMessage(1, LogLevel.Error, "{Trouble} The space held back is in use now: no more tickets are issued, customers who wait are still called.")]
    private static partial void LogDiskFull(ILogger log, string trouble);

    [LoggerMessage(2, LogLevel.Error, "The journal does not take events: {Trouble}")]
    private static partial void LogJournalUnavailable(ILogger log, string trouble);

    [LoggerMessage(3, LogLevel.Information, "The disk has room again: tickets are issued as before")]
    private static partial void LogDiskHasRoom(ILogger log);
}
