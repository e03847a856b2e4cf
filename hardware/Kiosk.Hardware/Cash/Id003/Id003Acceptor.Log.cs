using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware.Cash.Id003;

internal static partial class Id003Log
{
    [LoggerMessage(LogLevel.Information, "ID-003 acceptor: tells {Status}, {Channels} denominations")]
    public static partial void Opened(this ILogger log, Id003Status status, int channels);

    [LoggerMessage(LogLevel.Information, "ID-003 acceptor was reset: {Status}")]
    public static partial void WasReset(this ILogger log, Id003Status status);

    [LoggerMessage(LogLevel.Information, "ID-003 acceptor is asked what became of {Minor} {Currency} that was being stacked")]
    public static partial void Recovering(this ILogger log, long minor, string currency);

    [LoggerMessage(LogLevel.Warning, "ID-003 acceptor tells of a fraud attempt")]
    public static partial void Fraud(this ILogger log);

    [LoggerMessage(LogLevel.Warning, "ID-003 acceptor kept {Minor} {Currency} that it was told to give back: it is credited")]
    public static partial void KeptAgainstOrder(this ILogger log, long minor, string currency);

    [LoggerMessage(LogLevel.Information, "ID-003 acceptor tells {Status} again, of a note that is counted: not counted twice")]
    public static partial void ToldAgain(this ILogger log, Id003Status status);

    [LoggerMessage(LogLevel.Warning, "ID-003 acceptor tells late of {Minor} {Currency} for which a case is open: the case has it")]
    public static partial void ToldLate(this ILogger log, long minor, string currency);

    [LoggerMessage(LogLevel.Error, "ID-003 note in doubt, {Minor} {Currency}: {Why}")]
    public static partial void InDoubt(this ILogger log, long minor, string currency, string why);
}
