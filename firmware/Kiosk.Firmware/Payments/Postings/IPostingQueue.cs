using Kiosk.Firmware.Payments.Billers;

namespace Kiosk.Firmware.Payments.Postings;

/// <summary>What was paid and must reach its biller. The ledger keeps it; only the one <see cref="PostingWorker"/> sends.</summary>
internal interface IPostingQueue
{
    /// <summary>Completes at the next change. Take it first, then look, then await it.</summary>
    Task Changed { get; }

    /// <summary>The oldest posting of a biller that is neither confirmed nor refused nor withdrawn; null: none.</summary>
    WaitingPosting? Next(string biller);

    /// <summary>How a posting ended: <see cref="PostAnswer.Confirmed"/> or <see cref="PostAnswer.Refused"/> (<c>cancelled</c> where it was withdrawn); null: not yet.</summary>
    PostAnswer? Answered(string key);

    /// <summary>Must be durable when it returns: from now on the posting may have had its effect, also after a power cut.</summary>
    /// <returns>False: it must not be sent any more, as what it rests on has changed since <see cref="Next"/>; look again.</returns>
    Task<bool> SendingAsync(string key);

    Task ConfirmedAsync(string key, string number);

    Task RefusedAsync(string key, string reason);

    /// <summary>A withdrawn posting has its effect all the same: the biller does not take it back.</summary>
    Task KeptAsync(string key, string number);

    /// <summary>A withdrawn posting has no effect and never will have.</summary>
    Task WithdrawnAsync(string key);
}

/// <param name="MayHaveBeenSent"><see cref="IPostingQueue.SendingAsync"/> was called for it, in this life of the host or an earlier one.</param>
/// <param name="Withdrawn">The customer's money went back: the posting must not have its effect any more.</param>
internal sealed record WaitingPosting(Posting Posting, bool MayHaveBeenSent, bool Withdrawn = false);
