using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>How an operation of the terminal ended.</summary>
internal abstract record DialogueEnd
{
    private DialogueEnd() { }

    /// <summary>06 0F, with what it brought.</summary>
    public sealed record Completed(byte[] Data) : DialogueEnd;

    /// <summary>06 1E.</summary>
    public sealed record Aborted(byte Code) : DialogueEnd;

    /// <summary>84 xx: it did not begin.</summary>
    public sealed record Refused(byte Code) : DialogueEnd;
}

/// <summary>An operation that holds nothing back: each message of the terminal is answered with yes until the operation has ended.</summary>
internal sealed class TerminalDialogue(TerminalTalk talk, TimeSpan patience, TimeProvider time)
{
    private readonly List<StatusInformation> _statuses = [];

    /// <summary>What came with 04 0F, also where the link was lost behind it.</summary>
    public IReadOnlyList<StatusInformation> Statuses => _statuses;

    /// <param name="lines">Awaited before lines of a receipt are answered; null: they are answered and dropped.</param>
    /// <exception cref="DeviceLostException">The terminal fell silent or was not understood, the link is gone, or <paramref name="cancel"/>.</exception>
    public async Task<DialogueEnd> RunAsync(Apdu command, bool movesMoney, CancellationToken cancel, Func<ReceiptText, Task>? lines = null)
    {
        if (await talk.CommandAsync(command, movesMoney).ConfigureAwait(false) is { } refused) return new DialogueEnd.Refused(refused);
        var clock = new T4Clock(patience, time);
        while (true)
        {
            var message = await talk.NextAsync(clock.Left, cancel).ConfigureAwait(false) ?? throw GivenUp(command, cancel);
            switch (message.Command)
            {
                case Intermediate: clock.Restart(message.Data); break;
                case Status: Note(message, clock); break;
                case Completion:
                    await talk.AnswerAsync(Yes).ConfigureAwait(false);
                    return new DialogueEnd.Completed(message.Data);
                case AbortByTerminal:
                    await talk.AnswerAsync(Yes).ConfigureAwait(false);
                    return new DialogueEnd.Aborted(message.Data is [var code, ..] ? code : (byte)0xFF);
                case PrintLine or PrintBlock when lines is not null && ReceiptText.Read(message) is { } text: await lines(text).ConfigureAwait(false); break;
                default: break;
            }

            if (message.IsAnswer) continue;
            await talk.AnswerAsync(message.Command is Intermediate or Status or PrintLine or PrintBlock ? Yes : CannotDo).ConfigureAwait(false);
        }
    }

    private void Note(Apdu message, T4Clock clock)
    {
        clock.Restart();
        _statuses.Add(StatusInformation.Read(message.Data) ?? throw talk.Lose(DeviceFault.NotUnderstood, $"{message} is malformed"));
    }

    private DeviceLostException GivenUp(Apdu command, CancellationToken cancel) => cancel.IsCancellationRequested
        ? talk.Lose(DeviceFault.Silent, $"the host stopped within {command}")
        : talk.Lose(DeviceFault.Silent, $"no sign of life within {command}");
}
