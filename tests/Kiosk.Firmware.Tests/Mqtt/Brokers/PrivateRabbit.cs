using System.Diagnostics;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

/// <summary>
/// RabbitMQ 3.10 with its MQTT plugin: a node of a name, ports and directories of its own. The distribution's wrapper becomes another user and
/// forgets the environment, so the script behind it is started.
/// </summary>
internal sealed class PrivateRabbit : PrivateBroker
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // Topics have slashes where the routing keys of rights have dots. What is of devices cannot be read: RabbitMQ ends the connection over it.
    private const string Definitions = """
        {
          "users": [ { "name": "hall", "password": "right", "tags": "" } ],
          "vhosts": [ { "name": "/" } ],
          "permissions": [ { "user": "hall", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*" } ],
          "topic_permissions": [ { "user": "hall", "vhost": "/", "exchange": "amq.topic", "write": "^qms\\.", "read": "^qms\\.(?!.*\\.dev\\.)" } ]
        }
        """;

    private readonly int _names = TestMosquitto.AnyPort(), _distribution = TestMosquitto.AnyPort();
    private Process? _epmd;

    protected override string Package => "rabbitmq-server";

    protected override ProcessStartInfo Program
    {
        get
        {
            var start = new ProcessStartInfo(Server);
            StartNames();
            UseNames(start);
            Set(start, "NODENAME", "kiosk@localhost");
            Set(start, "DIST_PORT", Number(_distribution));
            Set(start, "SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none");
            Set(start, "MNESIA_BASE", Path.Combine(Directory, "mnesia"));
            Set(start, "LOG_BASE", Path.Combine(Directory, "log"));
            Set(start, "PID_FILE", Path.Combine(Directory, "pid"));
            Set(start, "CONF_ENV_FILE", Path.Combine(Directory, "none"));
            Set(start, "ENABLED_PLUGINS_FILE", Write("plugins", "[rabbitmq_mqtt].\n"));
            Set(start, "CONFIG_FILE", Write("rabbitmq.conf", $"""
                listeners.tcp = none
                mqtt.listeners.tcp.default = 127.0.0.1:{Number(Port)}
                mqtt.allow_anonymous = true
                mqtt.default_user = hall
                mqtt.default_pass = right
                load_definitions = {Write("definitions.json", Definitions)}
                disk_free_limit.absolute = 1MB

                """));

            // Without it the script stays in front of the node, and a kill would reach the script only.
            start.Environment["RUNNING_UNDER_SYSTEMD"] = "true";
            return start;
        }
    }

    public override void Dispose()
    {
        Kill();
        if (_epmd is { } names)
        {
            names.Kill();
            names.WaitForExit();
            names.Dispose();
        }

        base.Dispose();
    }

    /// <summary>
    /// Erlang's list of names: one that nobody else uses, and that ends with the test. Where a node finds none it starts one for ever, so it is waited for.
    /// </summary>
    private void StartNames()
    {
        if (_epmd is not null) return;
        if (!File.Exists(Server)) throw new FileNotFoundException(Server);

        var start = new ProcessStartInfo("epmd", ["-port", Number(_names), "-address", "127.0.0.1"]);
        UseNames(start);
        _epmd = Process.Start(start);
        Assert.True(SpinWait.SpinUntil(() => Listens(_names), TestMosquitto.Watchdog), "epmd does not listen.");
    }

    private void UseNames(ProcessStartInfo start)
    {
        start.Environment["ERL_EPMD_PORT"] = Number(_names);
        start.Environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        start.Environment["HOME"] = Directory;
    }

    private static void Set(ProcessStartInfo start, string name, string value) => start.Environment[$"RABBITMQ_{name}"] = value;
}
