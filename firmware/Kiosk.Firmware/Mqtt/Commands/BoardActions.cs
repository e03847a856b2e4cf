using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <summary>Reports, devices, and the host itself.</summary>
internal sealed class BoardActions(ReportShelf reports, IDeviceDirectory devices, IProfileReload reload) : IStoreActions
{
    public IEnumerable<StoreAction> All =>
    [
        new(StoreActions.Report, Right.SeeReports, ReportAsync),
        new(StoreActions.RestartDevice, Right.ServiceDevices, RestartAsync),
        new(StoreActions.ReloadProfile, Right.ChangeProfile, ReloadAsync),
    ];

    private async Task<CommandOutcome> ReportAsync(StoreCommand command, CancellationToken cancel)
    {
        var body = RequestBody.Of(command.Args, "day");
        var wanted = body.FreeText("day");
        var day = DateOnly.MinValue;
        if (wanted is not null && !DateOnly.TryParseExact(wanted, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            throw new BadInputException("day", "The field \"day\" must be a date as 2026-01-05; left out: the latest business day.");

        var report = await Task.Run(() => wanted is null ? reports.Latest() : reports.Day(day), cancel);
        return report is null
            ? new(CommandOutcome.Refused, $"There is no report of {wanted ?? "any day yet"}.", new() { ["reason"] = "no-report" })
            : CommandOutcome.Done($"Report of {report.Day:yyyy-MM-dd}.", JsonNode.Parse(ReportJson.Bytes(report))!.AsObject());
    }

    private Task<CommandOutcome> RestartAsync(StoreCommand command, CancellationToken cancel)
    {
        var device = RequestBody.Of(command.Args, "device").Text("device", [.. devices.Devices.Select(known => known.Id)]);
        return Task.FromResult(devices.Restart(device)
            ? CommandOutcome.Done($"{device} is closed and opened again; its status says how it is.", new() { ["device"] = device })
            : new(CommandOutcome.Failed, $"{device} cannot be restarted."));
    }

    private Task<CommandOutcome> ReloadAsync(StoreCommand command, CancellationToken cancel)
    {
        RequestBody.Of(command.Args);
        return Task.FromResult(reload.Check() is { Length: > 0 } mistakes
            ? new(CommandOutcome.Refused, mistakes, new() { ["reason"] = "bad-profile" })
            : CommandOutcome.Done("The profile is right; the host starts anew with it. Staff sign in again.") with { After = reload.Begin });
    }
}

/// <summary>The profile read anew without stopping the program.</summary>
internal interface IProfileReload
{
    /// <returns>Its mistakes in words, or what of today speaks against it; empty: it can be used.</returns>
    string Check();

    /// <summary>Stops the host, which then starts with it.</summary>
    void Begin();
}
