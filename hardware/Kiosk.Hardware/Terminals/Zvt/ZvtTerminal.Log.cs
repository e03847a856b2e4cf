using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware.Terminals.Zvt;

internal sealed partial class ZvtTerminal
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Card terminal {TerminalId} is registered")]
    private partial void LogRegistered(string terminalId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card terminal is lost: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Left the card terminal without a farewell: {Reason}")]
    private partial void LogFarewell(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A card payment in {Asked} was asked of a terminal for {Allowed}")]
    private partial void LogCurrency(string asked, string allowed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody knows whether a card payment was taken: {Why}")]
    private partial void LogUnknown(string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The card terminal was asked for a payment in doubt: {Outcome} {Why}")]
    private partial void LogSettled(string outcome, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card terminal refused a payment: {Code}")]
    private partial void LogRefused(string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Paid by card, receipt {Receipt} of the terminal")]
    private partial void LogPaid(int receipt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Not paid by card: {Outcome}")]
    private partial void LogNotPaid(string outcome);
}
