using Kiosk.Hardware;

namespace Kiosk.Firmware.Effects;

internal sealed partial class PrintWorker
{
    [LoggerMessage(1, LogLevel.Warning, "The slip of {Number} was not sent and stays queued: {Reason}")]
    private static partial void LogNotSent(ILogger log, string number, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The slip of {Number} stopped half-way: {Fault}")]
    private static partial void LogHalted(ILogger log, string number, DeviceFault fault);

    [LoggerMessage(4, LogLevel.Error, "The slip of {Number} cannot be made; a COPY can be asked for")]
    private static partial void LogDefect(ILogger log, string number, Exception defect);

    [LoggerMessage(3, LogLevel.Warning, "The slip of {Number} may have come out or not; it is printed again only as a COPY that staff ask for")]
    private static partial void LogInDoubt(ILogger log, string number);
}
