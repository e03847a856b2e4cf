using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Journal;
using Kiosk.Mqtt;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kiosk.Firmware.Mqtt;

public static class MqttServices
{
    /// <summary>
    /// Reporting to the store. Needs <see cref="IJournal"/>, <see cref="HallFeed"/> and <see cref="TimeProvider"/> among the services;
    /// adds <see cref="MqttStatus"/>, also where reporting is off.
    /// </summary>
    /// <exception cref="ArgumentException">The broker's URL is none.</exception>
    public static IServiceCollection AddHallMqtt(this IServiceCollection services, MqttSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(all => new MqttStatus { Finder = all.GetService<BrokerFinder>(), Time = all.GetService<TimeProvider>() ?? TimeProvider.System });
        if (!settings.Enabled) return services;

        var topics = new Topics(settings.HallId);
        services.AddSingleton(settings).AddSingleton(topics);
        AddBroker(services, settings);
        services.AddSingleton<Farewell>();
        services.AddSingleton(all => new MosquittoClient(
            new($"kiosk-{settings.HallId}", all.GetRequiredService<Farewell>().Now)
            {
                Protocol = settings.Protocol,
                User = settings.Url is null ? all.GetRequiredService<BrokerAccess>().HostUser : settings.User,
                Password = settings.Url is null ? () => all.GetRequiredService<BrokerAccess>().HostPassword : settings.Password,
                Tls = settings.Tls,
                Zone = settings.Zone,
            },
            all.GetRequiredService<BrokerFinder>().Find,
            all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<ILogger<MosquittoClient>>())).AddSingleton<IMqttClient>(all => all.GetRequiredService<MosquittoClient>());

        // After the broker: hosted services stop in the opposite order, so the farewell finds it still there.
        services.AddSingleton(all => new RetainedDevices(all.GetService<IDeviceDirectory>(), topics, settings.HallId));
        services.TryAddSingleton<WaitQuotes>();
        services.AddSingleton<CommandInbox>().AddSingleton<PublishWorker>().AddHostedService(all => all.GetRequiredService<PublishWorker>());
        return services;
    }

    /// <summary>What the store may ask for. Needs <see cref="AddHallMqtt"/> with reporting on, books, reports, devices and staff.</summary>
    public static IServiceCollection AddStoreCommands(this IServiceCollection services)
    {
        services.AddSingleton<IStoreActions, HallActions>().AddSingleton<IStoreActions, NoticeActions>().AddSingleton<IStoreActions, BoardActions>();
        return services.AddSingleton<CommandDesk>().AddHostedService<CommandWorker>();
    }

    private static void AddBroker(IServiceCollection services, MqttSettings settings)
    {
        if (settings.Url is { } url)
        {
            var address = BrokerAddress.Of(url);
            services.AddSingleton(new BrokerFinder(() => (address, "")));
            services.AddHostedService(all => new CredentialWatch(
                settings, all.GetRequiredService<MqttStatus>(), all.GetRequiredService<MosquittoClient>().Renew, all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<CredentialWatch>>()));
            return;
        }

        services.AddSingleton(new BrokerAccess(settings.HallId, settings.DataDirectory));
        services.AddSingleton(all => new HallBroker(
            Path.Combine(settings.DataDirectory, "broker"),
            settings.Port,
            all.GetRequiredService<BrokerAccess>(),
            all.GetRequiredService<MqttStatus>(),
            all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<ILogger<HallBroker>>())
        {
            Listen = settings.Listen,
            Zone = settings.Zone,
            DemoStore = settings.DemoStore,
        });
        services.AddHostedService(all => all.GetRequiredService<HallBroker>());

        // Asked for late: the broker says its troubles to the status, which asks the finder.
        services.AddSingleton(all => new BrokerFinder(() => all.GetRequiredService<HallBroker>().Whereabouts));
    }
}

/// <summary>Where the broker is now: a fixed address, or wherever the child found a port.</summary>
internal sealed record BrokerFinder(Func<(BrokerAddress? Address, string Reason)> Find);

internal static class Birth
{
    public static StatusPayload Of(IJournal journal, string boot, string version, bool online = true) => new(
        online, boot, journal.Epoch, journal.LastSeq, version, journal.CompleteFrom, journal.ContinuedFrom is { } from ? new(from.Epoch, from.Seq) : null);
}

/// <summary>The text that says we are gone: last will, and farewell at a clean stop.</summary>
internal sealed class Farewell(Topics topics, MqttStatus status, MqttSettings settings, IJournal journal)
{
    public MqttFarewell Now() => new(topics.Status, PayloadJson.Bytes(Birth.Of(journal, status.Boot, settings.AppVersion, online: false)));
}
