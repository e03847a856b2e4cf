namespace Kiosk.Hardware.Cash.Id003;

/// <summary>What each status says of the acceptor itself.</summary>
internal sealed partial class Id003Acceptor
{
    /// <summary>So long a fraud attempt is shown.</summary>
    private static readonly TimeSpan FraudShown = TimeSpan.FromMinutes(1);

    private long? _fraudAt;

    private async Task LookAsync(CashConversation conversation, Id003Status status, byte[] data)
    {
        if (status == Id003Status.Cheated)
        {
            _fraudAt = Time.GetTimestamp();
            _services.Log.Fraud();
        }

        var before = Box;

        // At power-up and while it finds itself it says nothing of its box.
        Box = status switch
        {
            Id003Status.StackerFull => CashBoxState.Full,
            Id003Status.StackerOpen => CashBoxState.Removed,
            >= Id003Status.PowerUp and <= Id003Status.PowerUpNoteInStacker or Id003Status.Initializing => Box,
            _ => CashBoxState.InPlace,
        };
        if (Box == CashBoxState.Removed && before != CashBoxState.Removed) await conversation.BoxAsync(inPlace: false);
        if (Box != CashBoxState.Removed && before == CashBoxState.Removed) await conversation.BoxAsync(inPlace: true);
        Become(HealthOf(status, data));
    }

    private DeviceHealth HealthOf(Id003Status status, byte[] data) => status switch
    {
        _ when CashBoxHealth.Of(Box) is { } box => box,
        Id003Status.JamInAcceptor => DeviceHealth.OutOfService(DeviceFault.Jam, "in the acceptor"),
        Id003Status.JamInStacker => DeviceHealth.OutOfService(DeviceFault.Jam, "in the stacker"),
        Id003Status.Failure => DeviceHealth.OutOfService(DeviceFault.Unrecoverable, $"failure{string.Concat(data.Select(value => $" {value:X2}h"))}"),
        Id003Status.CommunicationError => DeviceHealth.OutOfService(DeviceFault.NotUnderstood, "the acceptor tells of a communication error"),
        Id003Status.Pause => DeviceHealth.Degraded(DeviceFault.AutoRecoverable, "pause: a second note in the slot"),
        Id003Status.PowerUp or Id003Status.PowerUpNoteInAcceptor or Id003Status.PowerUpNoteInStacker or Id003Status.Initializing => Health,
        _ when _fraudAt is { } at && Time.GetElapsedTime(at) < FraudShown => DeviceHealth.Degraded(DeviceFault.FraudAttempt),
        _ => DeviceHealth.Ok,
    };
}
