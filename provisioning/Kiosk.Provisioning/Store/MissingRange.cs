namespace Kiosk.Provisioning.Store;

/// <summary>Events of one epoch that the hall itself no longer had.</summary>
internal readonly record struct MissingRange(int Epoch, long First, long Last)
{
    public long Count => Last - First + 1;
}
