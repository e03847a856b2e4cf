using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>What a device or a biller said is known only to whoever heard it, until the journal has it.</summary>
internal static class Insistence
{
    /// <summary>How soon a journal that took nothing is asked again.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(300);

    /// <summary>Asked until it is taken, with the same request.</summary>
    /// <param name="every"><see cref="AskAgain"/>, or longer where nobody waits for it: each refusal is an error in the engine's log.</param>
    public static async Task<Answer> InsistAsync(this IIntake intake, Request request, TimeProvider time, CancellationToken cancel, TimeSpan? every = null)
    {
        while (true)
        {
            try
            {
                return await intake.AskAsync(request, cancel);
            }
            catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
            {
                await Task.Delay(every ?? AskAgain, time, cancel);
            }
        }
    }
}
