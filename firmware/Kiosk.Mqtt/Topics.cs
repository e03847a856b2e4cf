using System.Globalization;
using Kiosk.Domain.Hall;

namespace Kiosk.Mqtt;

/// <summary>The addresses of one hall; the contract is <c>firmware/docs/asyncapi.yaml</c>.</summary>
/// <param name="Hall">The hall's id: <c>a-z 0-9 -</c>, so it cannot break a topic.</param>
public sealed record Topics(string Hall)
{
    public string Root { get; } = $"qms/v1/{Hall}";

    public string Events => $"{Root}/evt";

    public string HallState => $"{Root}/state/hall";

    public string Status => $"{Root}/status";

    public string DeviceStatus(string device) => $"{Root}/dev/{device}/status";

    /// <summary>Of every device of the hall.</summary>
    public string DeviceStatuses => $"{Root}/dev/+/status";

    /// <summary>The id of the device whose status this topic is, or null.</summary>
    public string? DeviceOf(string topic) => DeviceOf(topic, "status");

    /// <param name="leaf"><c>status</c>, <c>cmd</c>.</param>
    public string? DeviceOf(string topic, string leaf) => Between(topic, $"{Root}/dev/", $"/{leaf}");

    public string DeviceAnswer(string device) => $"{Root}/dev/{device}/rsp";

    /// <summary>The user to whom this command topic belongs, or null.</summary>
    public string? CommanderOf(string topic) => Between(topic, $"{Root}/cmd/", "");

    public string Acknowledgement => $"{Root}/ack";

    public string Rebirth => $"{Root}/rebirth";

    /// <summary>Commands of a store that is the only one.</summary>
    public string Command => $"{Root}/cmd";

    /// <summary>Commands of that user. The broker lets nobody write here but them, so the topic says who it was.</summary>
    public string CommandOf(string user) => $"{Root}/cmd/{user}";

    public string CommandsOfAll => $"{Root}/cmd/+";

    /// <summary>Commands to one device of the hall.</summary>
    public string DeviceCommands => $"{Root}/dev/+/cmd";

    public string Answer => $"{Root}/rsp";

    public string AnswerTo(string user) => $"{Root}/rsp/{user}";

    public string ServiceState(ServiceId service) => $"{Root}/state/service/{service}";

    public string CounterState(CounterId counter) => string.Create(CultureInfo.InvariantCulture, $"{Root}/state/counter/{counter.Value}");

    // One level of a topic.
    private static string? Between(string topic, string before, string after) =>
        topic.StartsWith(before, StringComparison.Ordinal) && topic.EndsWith(after, StringComparison.Ordinal) && topic.Length > before.Length + after.Length
            && topic[before.Length..^after.Length] is var level && !level.Contains('/')
            ? level
            : null;
}
