using Kiosk.Domain.Site;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Staff;

namespace Kiosk.Firmware;

/// <summary>What a person who started the host wants to know.</summary>
internal static class Welcome
{
    public static void Write(TextWriter output, LaunchOptions options, HallProfile profile, MqttStatus mqtt, bool accounts)
    {
        var at = options.Url.ToString().TrimEnd('/').Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        output.WriteLine($"""

            {profile.Name.In("en")} is running.

              all screens    {at}/
              take a number  {at}/kiosk
              hall display   {at}/hall
              a counter      {at}/counter/{profile.Counters[^1].Number}
              devices        {at}/devices
              API            {at}/api/v1/openapi.json
              data           {options.Data}
            """);
        if (mqtt.Broker.Length > 0) output.WriteLine($"  broker         {mqtt.Broker}   (mosquitto_sub {Subscriber(mqtt.Broker)} -t 'qms/v1/#' -v)");
        var password = Path.Combine(options.Data, BrokerAccess.DemoPasswordName);
        if (options.DemoPin is not null && options.Mqtt is null && !options.NoBroker && File.Exists(password)) output.WriteLine($"  store          ./kiosk ctl store watch --broker {mqtt.Broker} --user {BrokerAccess.DemoUser} --password-file {password}");
        if (options.Crowd > 0)
        {
            var left = profile.Counters.Except(Crowd.Staffed(profile)).Select(counter => counter.Number.ToString()).ToList();
            output.WriteLine($"  crowd          {options.Crowd} simulated customers an hour{(left.Count > 0 ? $"; counters {string.Join(" and ", left)} are yours" : "")}");
        }

        if (options.DemoPin is { } pin) output.WriteLine($"  staff          sign in as {string.Join(", ", DemoPin.Users.SkipLast(1))} or {DemoPin.Users[^1]}, PIN {pin}");
        else if (!accounts) output.WriteLine($"  staff          nobody can sign in yet: make the first account with  kioskctl staff add USER --role manager --data {options.Data}");

        output.WriteLine("\nCtrl-C stops it.\n");
        output.Flush();
    }

    private static string Subscriber(string broker) =>
        Uri.TryCreate(broker.Contains("://", StringComparison.Ordinal) ? broker : $"mqtt://{broker}", UriKind.Absolute, out var url) ? $"-h {url.Host} -p {url.Port}" : "";
}
