namespace Kiosk.Firmware;

/// <summary>How the host ends, in the numbers of <c>sysexits.h</c>.</summary>
internal static class ExitCode
{
    public const int Clean = 0;

    /// <summary>Within the program only: the host begins anew with the profile as it is now.</summary>
    public const int Again = -1;

    /// <summary>The command line is wrong: EX_USAGE.</summary>
    public const int Usage = 64;

    /// <summary>Address taken: EX_UNAVAILABLE.</summary>
    public const int AddressInUse = 69;

    /// <summary>A defect of ours: EX_SOFTWARE.</summary>
    public const int Bug = 70;

    /// <summary>The data directory cannot be used: EX_CANTCREAT.</summary>
    public const int NoJournal = 73;

    /// <summary>The profile is wrong: EX_CONFIG.</summary>
    public const int BadProfile = 78;
}
