namespace Kiosk.Firmware.Staff;

/// <summary>What became of an attempt to sign in.</summary>
internal abstract record SignInResult
{
    private SignInResult() { }

    public sealed record Done(string Token, Session Session) : SignInResult;

    /// <summary>User or PIN: which of them is not told.</summary>
    public sealed record Wrong : SignInResult;

    /// <summary>Too many wrong PINs in a row. A right one does not help either until then.</summary>
    public sealed record Locked(TimeSpan For) : SignInResult;

    /// <summary>Too many attempts from there, or at once: the PIN was not looked at.</summary>
    public sealed record Throttled(TimeSpan For) : SignInResult;
}
