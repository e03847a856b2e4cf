namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>How an acceptor is, from its events and its self-check.</summary>
/// <param name="remark">Of the link, shown when all is well.</param>
internal sealed class CcTalkCondition(bool hasBox, string remark, TimeProvider time)
{
    /// <summary>So long an attempt at fraud is shown: it has no end of its own.</summary>
    private static readonly TimeSpan FraudShown = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private (DeviceFault Fault, string Detail)? _fault;
    private DeviceHealth? _lost;
    private CashBoxState _box = CashBoxState.Unknown;
    private long? _fraudAt;
    private string _fraud = "";
    private DeviceHealth _told = DeviceHealth.Unknown;

    public event Action? Changed;

    public CashBoxState Box
    {
        get
        {
            lock (_gate) return _box;
        }
    }

    public DeviceHealth Health
    {
        get
        {
            lock (_gate) return _told;
        }
    }

    /// <summary>Something that only the device can say is over.</summary>
    public bool Faulty
    {
        get
        {
            lock (_gate) return _fault is not null || _box is CashBoxState.Removed or CashBoxState.Full;
        }
    }

    public void SelfChecked(byte code) => Set(() =>
    {
        var fault = CcTalkCodes.OfSelfCheck(code);
        if (hasBox)
        {
            _box = fault switch
            {
                DeviceFault.CashBoxRemoved => CashBoxState.Removed,
                DeviceFault.CashBoxFull => CashBoxState.Full,
                null => CashBoxState.InPlace,

                // Another fault hides what the box is.
                _ => _box,
            };
        }

        _fault = fault is null or DeviceFault.CashBoxRemoved or DeviceFault.CashBoxFull ? null : (fault.Value, $"self-check answers {code}");
    });

    public void BoxIs(CashBoxState box) => Set(() => _box = box);

    public void Fault(DeviceFault fault, string detail) => Set(() => _fault = (fault, detail));

    /// <summary>An item went its way: nothing is stuck.</summary>
    public void Moves() => Set(() => _fault = _fault?.Fault == DeviceFault.Jam ? null : _fault);

    public void Fraud(string detail) => Set(() => (_fraudAt, _fraud) = (time.GetTimestamp(), detail));

    public void Lost(DeviceLostException lost) => Set(() => _lost = DeviceHealth.OutOfService(lost.Fault, lost.Message));

    /// <summary>What ends by itself may have ended.</summary>
    public void Pass() => Set(() => { });

    private void Set(Action change)
    {
        lock (_gate)
        {
            change();
            if (_fraudAt is { } at && time.GetElapsedTime(at) > FraudShown) _fraudAt = null;
            var health = _lost ?? FaultHealth() ?? CashBoxHealth.Of(_box) ?? FraudHealth() ?? DeviceHealth.Ok with { Detail = remark };
            if (health == _told) return;
            _told = health;
        }

        Changed?.Invoke();
    }

    private DeviceHealth? FaultHealth() => _fault is { } fault ? DeviceHealth.OutOfService(fault.Fault, fault.Detail) : null;

    private DeviceHealth? FraudHealth() => _fraudAt is null ? null : DeviceHealth.Degraded(DeviceFault.FraudAttempt, _fraud);
}
