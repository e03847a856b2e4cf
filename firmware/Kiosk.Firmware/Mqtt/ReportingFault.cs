namespace Kiosk.Firmware.Mqtt;

/// <summary>What stands between the hall and its store, by who must do what; in kebab case in the health API and in the keys of the guide's sentences.</summary>
public enum ReportingFault
{
    /// <summary>A sentence says all that is known.</summary>
    Other,

    /// <summary>No broker is to be reached.</summary>
    Away,

    /// <summary>The broker does not accept our user or password.</summary>
    Password,

    /// <summary>The broker does not accept our certificate.</summary>
    OurCertificate,

    /// <summary>We do not accept the broker's certificate.</summary>
    TheirCertificate,

    /// <summary>A password or certificate file is missing or cannot be used.</summary>
    Files,

    /// <summary>The broker accepts us, but not what we say or want to hear.</summary>
    Denied,

    /// <summary>It works, but a certificate ends soon, or others may read a secret.</summary>
    Credentials,

    /// <summary>Others have events of this epoch that the journal has not: a start begins a new one.</summary>
    Superseded,

    /// <summary>Everything is delivered to the broker, and the store acknowledges nothing.</summary>
    Silent,

    /// <summary>The broker lets us in, and does not answer what we say or want to hear.</summary>
    Unanswered,
}

/// <param name="Since">When it began to be so.</param>
/// <param name="Said">What was seen and what to do, in English.</param>
public sealed record ReportingTrouble(ReportingFault Fault, DateTimeOffset Since, string Said);
