namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Status enquiry (PA00P015, 05 01): how the terminal is, without anything being shown on it.</summary>
internal static class TerminalState
{
    /// <returns>The terminal's status code, 00 is ready; with it whether the terminal could tell it at all.</returns>
    /// <exception cref="DeviceLostException">It fell silent or was not understood, or the link is gone.</exception>
    public static async Task<(byte Code, bool Told)> AskAsync(TerminalTalk talk, ZvtOptions options, TimeProvider time, CancellationToken cancel) =>
        await new TerminalDialogue(talk, options.T4, time).RunAsync(ZvtCommands.Enquire, movesMoney: false, cancel).ConfigureAwait(false) switch
        {
            DialogueEnd.Completed completed => (CodeOf(completed.Data), true),

            // Some do not know the command: then they are alive, and that is all that can be told.
            DialogueEnd.Refused { Code: ZvtResult.NotPossible } => (ZvtResult.Done, false),
            DialogueEnd.Refused refused => (refused.Code, true),
            DialogueEnd.Aborted aborted => (aborted.Code, true),
            var end => throw new InvalidOperationException($"{end} is no end of a dialogue"),
        };

    /// <summary>The status byte, behind the version of the software (F0, LLL-Var) where the terminal tells that too.</summary>
    public static byte CodeOf(ReadOnlySpan<byte> data)
    {
        if (data is [ZvtProtocol.BmpSoftware, >= 0xF0 and var hundreds, >= 0xF0 and var tens, >= 0xF0 and var ones, .. var rest])
        {
            var length = ((hundreds & 15) * 100) + ((tens & 15) * 10) + (ones & 15);
            return length < rest.Length ? rest[length] : ZvtResult.Done;
        }

        return data is [var code, ..] ? code : ZvtResult.Done;
    }
}
