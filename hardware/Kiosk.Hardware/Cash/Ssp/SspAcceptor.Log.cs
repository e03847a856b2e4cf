using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware.Cash.Ssp;

internal static partial class SspLog
{
    [LoggerMessage(LogLevel.Information, "SSP validator: firmware {Firmware}, serial number {Serial}, protocol version {Version}, {Channels} channels")]
    public static partial void Opened(this ILogger log, string firmware, uint serial, int version, int channels);

    [LoggerMessage(LogLevel.Warning, "SSP validator does not know POLL WITH ACK: events are told once, and after a loss its counter alone decides")]
    public static partial void NoPollWithAck(this ILogger log);

    [LoggerMessage(LogLevel.Warning, "SSP validator tells an event {Code:X2}h that is not known; what it told behind it could not be read")]
    public static partial void UnknownEvent(this ILogger log, byte code);

    [LoggerMessage(LogLevel.Information, "SSP validator was reset")]
    public static partial void WasReset(this ILogger log);

    [LoggerMessage(LogLevel.Information, "SSP validator is asked what became of {Minor} {Currency} that was being stacked")]
    public static partial void Recovering(this ILogger log, long minor, string currency);

    [LoggerMessage(LogLevel.Warning, "SSP validator tells of a fraud attempt, channel {Channel}")]
    public static partial void Fraud(this ILogger log, int channel);

    [LoggerMessage(LogLevel.Warning, "SSP validator kept a note that it was told to give back, channel {Channel}: it is credited")]
    public static partial void KeptAgainstOrder(this ILogger log, int channel);

    [LoggerMessage(LogLevel.Warning, "SSP validator tells again of a credit that was counted, channel {Channel}: not counted twice")]
    public static partial void ToldAgain(this ILogger log, int channel);

    [LoggerMessage(LogLevel.Warning, "SSP validator tells late of a credit for which a case is open, channel {Channel}: the case has it")]
    public static partial void ToldLate(this ILogger log, int channel);

    [LoggerMessage(LogLevel.Warning, "SSP validator has stacked {Stacked} notes, the ledger knows of {Counted}: somebody fed it without this host, or its electronics were changed")]
    public static partial void CounterDiffers(this ILogger log, uint counted, uint stacked);

    [LoggerMessage(LogLevel.Error, "SSP note in doubt, {Minor} {Currency}: {Why}")]
    public static partial void InDoubt(this ILogger log, long minor, string currency, string why);
}
