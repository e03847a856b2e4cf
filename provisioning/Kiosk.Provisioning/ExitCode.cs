namespace Kiosk.Provisioning;

/// <summary>What scripts read. Numbers above 1 are those of sysexits.h.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>A device is out of service, or nothing is known of it.</summary>
    public const int OutOfService = 1;

    /// <summary>A voice lacks clips.</summary>
    public const int Incomplete = 1;

    /// <summary>An entry of the ledger is not as it was written, or the ledger does not add up.</summary>
    public const int NotAsWritten = 1;

    /// <summary>A hall and its copy are not the same.</summary>
    public const int Differs = 1;

    /// <summary>The hall did not do what it was asked.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>A file that was given is not as its format says.</summary>
    public const int BadInput = 65;

    /// <summary>The data directory or its journal is not there, or cannot be read.</summary>
    public const int NoInput = 66;

    /// <summary>A host is there but does not answer.</summary>
    public const int Unavailable = 69;

    /// <summary>Directory or host belong to another user.</summary>
    public const int NoPermission = 77;

    /// <summary>The profile has a mistake.</summary>
    public const int BadProfile = 78;
}
