using Microsoft.Extensions.Logging;

namespace Kiosk.Mqtt;

public sealed partial class MosquittoClient
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the broker {Address}")]
    private partial void LogConnected(BrokerAddress address);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker {Address} answers again")]
    private partial void LogAnswers(BrokerAddress address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No broker: {Reason} The hall goes on; the store hears of it later.")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The broker does not accept us: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Left without a farewell: {Reason}")]
    private partial void LogFarewell(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The MQTT thread is still held by an attempt to connect; it ends with the process")]
    private partial void LogThreadHeld();

    [LoggerMessage(Level = LogLevel.Error, Message = "A message from the broker could not be handled")]
    private partial void LogHandler(Exception? bug);
}
