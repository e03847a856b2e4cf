namespace Kiosk.Firmware.Mqtt;

public sealed partial class HallBroker
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The hall's broker listens on mqtt://127.0.0.1:{Port} (process {Id})")]
    private partial void LogStarted(int port, int id);

    [LoggerMessage(Level = LogLevel.Information, Message = "The hall's broker has stopped")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Information, Message = "The hall's broker has read its users and certificates again")]
    private partial void LogReloaded();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Port {Wanted} is taken, as by the distribution's own broker: the hall's broker takes {Port}")]
    private partial void LogPortTaken(int wanted, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended broker process {Id} that an earlier host had left behind")]
    private partial void LogOrphan(int id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Trouble} The hall goes on; the store hears of it later.")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Worry}")]
    private partial void LogWorry(string worry);

    [LoggerMessage(Level = LogLevel.Warning, Message = "mosquitto: {Line}")]
    private partial void LogComplaint(string line);

    [LoggerMessage(Level = LogLevel.Debug, Message = "mosquitto: {Line}")]
    private partial void LogLine(string line);
}
