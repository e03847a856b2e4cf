using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>The broker's access list; see mosquitto.conf(5), <c>acl_file</c>. What is not written here is denied.</summary>
internal static class BrokerRules
{
    public static string Of(Topics topics, string hostUser, IEnumerable<BrokerUser> users) => string.Join('\n',
    [
        "# Written by the kiosk host: changes here are lost. Users are made with kioskctl broker user.",
        "",
        "# Without a user: programs of this board may look.",
        $"topic read {topics.Root}/#",
        "",
        $"user {hostUser}",
        $"topic readwrite {topics.Root}/#",
        .. users.SelectMany(user => Rights(topics, user).Prepend($"user {user.Name}").Prepend("")),
        "",

        // Patterns hold for everybody, also where mosquitto 2.0 knows no user: after a reload it has lost the rights of sessions that are away
        // with an old password or were read from its disk, and would drop what is queued for them.
        $"pattern read {topics.Events}",
        $"pattern read {topics.AnswerTo("%u")}",
        "",
    ]);

    private static string[] Rights(Topics topics, BrokerUser user) => user.May switch
    {
        BrokerRight.Store =>
        [
            $"topic read {topics.Root}/#",
            $"topic write {topics.Acknowledgement}",
            $"topic write {topics.Rebirth}",
            $"topic write {topics.Command}",
            $"topic write {topics.CommandOf(user.Name)}",
        ],
        BrokerRight.Board => [$"topic readwrite {topics.Root}/dev/{user.Device}/#", $"topic deny {topics.Events}"],
        BrokerRight.Read => [$"topic read {topics.Root}/#"],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
