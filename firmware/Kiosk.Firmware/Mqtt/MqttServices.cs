using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Journal;
using Kiosk.Mqtt;

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
        services.AddSingleton(all => new MqttStatus { Finder = all.GetService<BrokerFinder>() });
        if (!settings.Enabled) return services;

        var topics = new Topics(settings.HallId);
        services.AddSingleton(settings).AddSingleton(topics);
        AddBroker(services, settings);
        services.AddSingleton<Farewell>();
        services.AddSingleton<IMqttClient>(all => new MosquittoClient(
            new($"kiosk-{settings.HallId}", all.GetRequiredService<Farewell>().Now)
            {
                Protocol = settings.Protocol,
                User = settings.User,
                Password = settings.Password,
                Tls = settings.Tls,
            },
            all.GetRequiredService<BrokerFinder>().Find,
            all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<ILogger<MosquittoClient>>()));

        // After the broker: hosted services stop in the opposite order, so the farewell finds it still there.
        services.AddSingleton(all => new RetainedDevices(all.GetService<IDeviceDirectory>(), topics, settings.HallId));
        services.AddSingleton<CommandInbox>().AddHostedService<PublishWorker>();
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
            return;
        }

        services.AddSingleton(all => new HallBroker(
            Path.Combine(settings.DataDirectory, "broker"),
            settings.Port,
            all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<ILogger<HallBroker>>()));
        services.AddHostedService(all => all.GetRequiredService<HallBroker>());
        services.AddSingleton(all =>
        {
            var broker = all.GetRequiredService<HallBroker>();
            return new BrokerFinder(() => broker.Whereabouts);
        });
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
