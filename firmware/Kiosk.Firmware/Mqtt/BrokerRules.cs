using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>The broker's access lists, one for each way in; see mosquitto.conf(5), <c>acl_file</c>. What is not written here is denied.</summary>
internal static class BrokerRules
{
    private static readonly string[] Head = ["# Written by the kiosk host: changes here are lost. Users are made with kioskctl broker user.", ""];

    /// <summary>On the board itself: the host, users by password, and whoever is nobody.</summary>
    public static string OnBoard(Topics topics, string hostUser, IEnumerable<BrokerUser> users) => Lines(
    [
        "# Without a user: programs of this board may look.",
        $"topic read {topics.Root}/#",
        "",
        $"user {hostUser}",
        $"topic readwrite {topics.Root}/#",
        "",
        .. OfUsers(topics, users),
        .. Patterns(topics),
    ]);

    /// <summary>From other machines by password: nobody gets that far without one. The host is not among them, whatever its password.</summary>
    public static string ByPassword(Topics topics, IEnumerable<BrokerUser> users) => Lines([.. OfUsers(topics, users.Where(user => user.Password is not null)), .. Patterns(topics)]);

    /// <summary>
    /// From other machines by certificate: mosquitto takes any name that the authority has signed, the host's own and those of users who were removed
    /// among them, so that only the names below have rights, and nothing is everybody's.
    /// </summary>
    public static string ByCertificate(Topics topics, IEnumerable<BrokerUser> users) => Lines([.. OfUsers(topics, users.Where(user => user.Password is null))]);

    private static string Lines(IEnumerable<string> rules) => string.Join('\n', [.. Head, .. rules, ""]);

    private static IEnumerable<string> OfUsers(Topics topics, IEnumerable<BrokerUser> users) => users.SelectMany(user => Rights(topics, user).Prepend($"user {user.Name}").Append(""));

    // Patterns hold for everybody, also where mosquitto 2.0 knows no user: after a reload it has lost the rights of sessions that are away
    // with an old password or were read from its disk, and would drop what is queued for them.
    private static string[] Patterns(Topics topics) => [$"pattern read {topics.Events}", $"pattern read {topics.AnswerTo("%u")}"];

    private static string[] Rights(Topics topics, BrokerUser user) => user.May switch
    {
        BrokerRight.Store =>
        [
            $"topic read {topics.Root}/#",
            $"topic write {topics.Acknowledgement}",
            $"topic write {topics.Rebirth}",
            $"topic write {topics.CommandOf(user.Name)}",

            // What comes there is taken for the word of the user of that name.
            .. user.Name == CommandInbox.Store ? [$"topic write {topics.Command}"] : Array.Empty<string>(),
        ],
        BrokerRight.Board => [$"topic readwrite {topics.Root}/dev/{user.Device}/#", $"topic deny {topics.Events}"],
        BrokerRight.Read => [$"topic read {topics.Root}/#"],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
