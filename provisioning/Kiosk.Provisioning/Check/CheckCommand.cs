using System.Collections.Immutable;
using System.Text.Json;
using Kiosk.Domain.Site;
using Kiosk.Hardware;
using Kiosk.Hardware.Printers.Templates;

namespace Kiosk.Provisioning.Check;

/// <summary><c>kioskctl check</c>: the profile first; only one without a mistake has its devices opened.</summary>
internal sealed class CheckCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <summary>The host gives each device 20 s, all at the same time.</summary>
    private static readonly TimeSpan TestPatience = TimeSpan.FromSeconds(30);

    public async Task<int> RunAsync(string profileFile, string dataDirectory, bool json, CancellationToken cancel)
    {
        var reading = await ReadAsync(profileFile, cancel);
        if (reading.Profile is not { } hall) return await TellMistakesAsync(profileFile, reading.Mistakes, json);

        var (devices, byHost) = await DevicesAsync(hall, dataDirectory, cancel);
        var (reporting, usable) = ReportingFiles.Look(hall, Path.GetDirectoryName(Path.GetFullPath(profileFile))!, time.GetUtcNow());
        if (json)
            await output.WriteLineAsync(Json(profileFile, [], byHost ? "running" : "none", devices, reporting));
        else
            await TellAsync(profileFile, hall, dataDirectory, devices, byHost, reporting);
        return usable && devices.All(device => device.InService) ? ExitCode.Fine : ExitCode.OutOfService;
    }

    /// <summary><c>kioskctl check --devices</c>: every device is tested now, by the running host or, where none runs, from here.</summary>
    public async Task<int> TestDevicesAsync(string profileFile, string dataDirectory, bool json, CancellationToken cancel)
    {
        var (rows, byHost) = await TestAsync(profileFile, dataDirectory, cancel);
        if (rows is null) return await TellMistakesAsync(profileFile, (await ReadAsync(profileFile, cancel)).Mistakes, json);

        var tests = rows.Select(DeviceTest.Of).ToList();
        if (json)
        {
            await output.WriteLineAsync(DeviceTest.Json(tests, byHost ? "running" : "none"));
            return DeviceTest.Code(tests);
        }

        await output.WriteLineAsync(byHost ? $"devices, tested by the host in {dataDirectory}:" : $"no host runs in {dataDirectory}; devices, opened and tested once each:");
        foreach (var line in DeviceTest.Lines(tests)) await output.WriteLineAsync(line);
        return DeviceTest.Code(tests);
    }

    // A running host knows its own devices: the profile is read only where none runs.
    private async Task<(IReadOnlyList<DeviceRow>? Rows, bool ByHost)> TestAsync(string profileFile, string dataDirectory, CancellationToken cancel)
    {
        using var host = new HostSocket(dataDirectory, TestPatience);
        if (await host.AskAsync("/control/devices/test", cancel, HttpMethod.Post) is { } answer) return (DeviceRow.OfHost(answer), true);
        if ((await ReadAsync(profileFile, cancel)).Profile is not { } hall) return (null, false);

        var rows = new List<DeviceRow>();
        foreach (var device in hall.Devices) rows.Add(await DeviceProbe.LookAsync(Settings(device), hall, time, cancel));
        return (rows, false);
    }

    private static async Task<ProfileReading> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            var reading = ProfileReader.Read(
                await File.ReadAllBytesAsync(file, cancel),
                device => DriverCatalog.Check(Settings(device)).Select(mistake => new ProfileMistake(mistake.Path, mistake.Message)),
                driver => DriverCatalog.Find(driver)?.Class.ToString());
            var slips = SlipTemplateFile.Check(Path.GetDirectoryName(Path.GetFullPath(file))!, reading.Profile?.Slips ?? ImmutableSortedDictionary<string, string>.Empty)
                .Select(found => new ProfileMistake($"slips.{found.Kind}", $"{found.File}: {found.Mistake}")).ToImmutableArray();
            return slips is [] ? reading : new(null, slips);
        }
        catch (Exception failed) when (failed is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Trouble(ExitCode.BadProfile, $"There is no profile {file}: name one with --profile FILE.", failed);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.BadProfile, $"The profile {file} cannot be read: {failed.Message}", failed);
        }
    }

    private async Task<int> TellMistakesAsync(string file, ImmutableArray<ProfileMistake> mistakes, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(Json(file, mistakes, null, []));
            return ExitCode.BadProfile;
        }

        await errors.WriteLineAsync($"{file}: {mistakes.Length} {(mistakes.Length == 1 ? "mistake" : "mistakes")}; no device was opened");
        foreach (var mistake in mistakes) await errors.WriteLineAsync($"  {mistake}");
        return ExitCode.BadProfile;
    }

    private async Task<(IReadOnlyList<DeviceRow> Devices, bool ByHost)> DevicesAsync(HallProfile hall, string dataDirectory, CancellationToken cancel)
    {
        using var host = new HostSocket(dataDirectory);
        if (await host.AskAsync("/control/devices", cancel) is { } answer) return (DeviceRow.OfHost(answer), true);

        var rows = new List<DeviceRow>();
        foreach (var device in hall.Devices) rows.Add(await DeviceProbe.LookAsync(Settings(device), hall, time, cancel));
        return (rows, false);
    }

    private async Task TellAsync(string file, HallProfile hall, string dataDirectory, IReadOnlyList<DeviceRow> devices, bool byHost, IReadOnlyList<string> reporting)
    {
        await output.WriteLineAsync($"{file}: no mistake ({hall.Services.Length} services, {hall.Counters.Length} counters, {hall.Devices.Length} devices)");
        foreach (var sentence in reporting) await output.WriteLineAsync(sentence);
        await output.WriteLineAsync(byHost ? $"devices, as the host in {dataDirectory} sees them:" : $"no host runs in {dataDirectory}; devices, opened once each:");
        if (byHost && !devices.Select(device => device.Id).ToHashSet().SetEquals(hall.Devices.Select(device => device.Id)))
            await output.WriteLineAsync("the running host has other devices than this profile: it was started with another one");
        foreach (var line in DeviceTable.Lines(devices, time.LocalTimeZone)) await output.WriteLineAsync(line);
    }

    private static string Json(string file, ImmutableArray<ProfileMistake> mistakes, string? host, IReadOnlyList<DeviceRow> devices, IReadOnlyList<string>? reporting = null) =>
        JsonSerializer.Serialize(new { profile = file, mistakes, host, devices, reporting = reporting ?? [] }, Provisioning.Json.Shape);

    private static DeviceSettings Settings(DeviceProfile device) => new(device.Id, device.Driver, device.Link, device.Options);
}
