using Kiosk.Domain.Site;

namespace Kiosk.Firmware;

/// <summary>What a person who started the host wants to know.</summary>
internal static class Welcome
{
    public static void Write(TextWriter output, LaunchOptions options, HallProfile profile)
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
        if (options.Crowd > 0)
        {
            var left = profile.Counters.Except(Crowd.Staffed(profile)).Select(counter => counter.Number.ToString()).ToList();
            output.WriteLine($"  crowd          {options.Crowd} simulated customers an hour{(left.Count > 0 ? $"; counters {string.Join(" and ", left)} are yours" : "")}");
        }

        output.WriteLine("\nCtrl-C stops it.\n");
        output.Flush();
    }
}
