namespace Kiosk.Hardware;

public enum HealthState
{
    /// <summary>Nothing has been heard yet. Never shown as good.</summary>
    Unknown,
    Ok,

    /// <summary>Works, but somebody should come soon (paper near its end).</summary>
    Degraded,
    OutOfService,
}

/// <summary>What is wrong with a device, as a closed list that screens translate and give advice for.</summary>
public enum DeviceFault
{
    /// <summary>No such node, no route, connection refused, cable pulled.</summary>
    Disconnected,

    /// <summary>Connected, but it does not answer.</summary>
    Silent,

    /// <summary>Another program owns the port, line or connection (EBUSY).</summary>
    InUse,

    /// <summary>The host may not open it (EACCES, EPERM).</summary>
    AccessDenied,

    /// <summary>It answers, but not as a device of this kind does.</summary>
    NotUnderstood,
    PaperNearEnd,
    OutOfPaper,
    CoverOpen,
    CutterJam,

    /// <summary>Over-temperature or voltage: recovers by itself.</summary>
    AutoRecoverable,
    Unrecoverable,

    /// <summary>Off line without another reason, as by its own feed key.</summary>
    Offline,
    StuckKey,

    /// <summary>Works, but cannot tell its state: nobody will be warned of an empty roll.</summary>
    NoStatus,

    /// <summary>Works, but has neither clips nor a voice for one of the hall's languages: such a call is only a chime.</summary>
    NoVoice,

    /// <summary>A card terminal that is switched on but not registered with the host, or does not take the password.</summary>
    NotRegistered,

    /// <summary>A card payment of which nobody knows whether it was taken: no other until it is settled.</summary>
    OutcomeUnknown,

    /// <summary>A note or coin is stuck.</summary>
    Jam,

    /// <summary>The device met something that looks like fraud: a note pulled back, a coin on a string.</summary>
    FraudAttempt,
    CashBoxNearFull,
    CashBoxFull,
    CashBoxRemoved,

    /// <summary>An I/O error that has no better name.</summary>
    Broken,
}

/// <param name="Detail">For the technician, in English: what was seen, as "open /dev/usb/lp0: ENODEV". Empty where there is nothing to add.</param>
public sealed record DeviceHealth(HealthState State, DeviceFault? Fault, string Detail)
{
    public static DeviceHealth Unknown { get; } = new(HealthState.Unknown, null, "");

    public static DeviceHealth Ok { get; } = new(HealthState.Ok, null, "");

    public static DeviceHealth Degraded(DeviceFault fault, string detail = "") => new(HealthState.Degraded, fault, detail);

    public static DeviceHealth OutOfService(DeviceFault fault, string detail = "") => new(HealthState.OutOfService, fault, detail);
}
