using System.Text.Json;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Api;

/// <param name="RollMetres">A new roll, as set or as learned.</param>
/// <param name="LoadedAt">Null: the roll was not seen being loaded.</param>
/// <param name="LeftPercent">Null where it is not known.</param>
/// <param name="MetresPerHour">Of the last hour; null before there is a pace.</param>
/// <param name="EndsAt">Null where it is not known or more than 12 h ahead.</param>
/// <param name="EndsSoon">Within 30 minutes.</param>
public sealed record PaperShape(double RollMetres, double UsedMetres, DateTimeOffset? LoadedAt, int? LeftPercent, double? MetresPerHour, DateTimeOffset? EndsAt, bool EndsSoon)
{
    internal static PaperShape Of(PaperView paper) => new(paper.RollMetres, paper.UsedMetres, paper.LoadedAt, paper.LeftPercent, paper.MetresPerHour, paper.EndsAt, paper.EndsSoon);
}

/// <param name="UpPercent">Rounded down to tenths.</param>
/// <param name="Faults">Latest first.</param>
public sealed record DeviceHistoryShape(string Device, DateTimeOffset From, DateTimeOffset Until, double UpPercent, int DownSeconds, IReadOnlyList<DeviceFaultShape> Faults)
{
    internal static DeviceHistoryShape Of(DeviceHistory history, HallProfile site) => new(
        history.Device,
        TicketShape.Local(history.From, site),
        TicketShape.Local(history.Until, site),
        history.UpPercent,
        (int)history.Down.TotalSeconds,
        [.. history.Faults.Select(fault => new DeviceFaultShape(
            JsonNamingPolicy.KebabCaseLower.ConvertName(fault.What),
            TicketShape.Local(fault.From, site),
            fault.Until is { } until ? TicketShape.Local(until, site) : null,
            (int)((fault.Until ?? history.Until) - fault.From).TotalSeconds,
            Phrases.In("en").Advice(fault.What)))]);
}

/// <param name="Fault">That began the outage; what the device found wrong later is the same outage.</param>
/// <param name="Until">Null: it is still out of service.</param>
public sealed record DeviceFaultShape(string Fault, DateTimeOffset From, DateTimeOffset? Until, int Seconds, string Advice);

/// <param name="Name">Of a ready script.</param>
/// <param name="State">running, done, stopped, failed.</param>
/// <param name="Step">The next one, from 1.</param>
/// <param name="Trouble">Of a failed script: the step that was refused, and why.</param>
public sealed record ScriptShape(
    string Device, string? Name, string State, int Step, int Steps, int Round, int Repeat, string Control, DateTimeOffset StartedAt, DateTimeOffset? NextAt, string? Trouble)
{
    internal static ScriptShape Of(ScriptView script) => new(
        script.Device, script.Name, TicketShape.Kebab(script.State), script.Step, script.Steps, script.Round, script.Repeat, script.Control, script.StartedAt, script.NextAt, script.Trouble);
}
