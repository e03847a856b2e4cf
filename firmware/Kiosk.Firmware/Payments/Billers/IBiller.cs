using Kiosk.Domain.Payments;

namespace Kiosk.Firmware.Payments.Billers;

/// <summary>One who is owed money and takes it through the terminal. Every answer is a value; an answer that did not come says so. Thread safe.</summary>
internal interface IBiller
{
    /// <summary>As in the profile.</summary>
    string Id { get; }

    /// <summary>Whose bill it is and what is due.</summary>
    /// <param name="account">As the customer typed it. It is sent to the biller and then forgotten: from here on the bill's reference stands for it.</param>
    Task<LookUpAnswer> LookUpAsync(string account, CancellationToken cancel);

    /// <summary>Credits money that was taken. Sent again with the same key it has no second effect and gets the same answer.</summary>
    Task<PostAnswer> PostAsync(Posting posting, CancellationToken cancel);

    /// <summary>What became of a posting.</summary>
    Task<PostAnswer> QueryAsync(string key, CancellationToken cancel);

    /// <summary>The same, and an answer that names another amount is not believed.</summary>
    Task<PostAnswer> QueryAsync(string key, Money amount, CancellationToken cancel) => QueryAsync(key, cancel);

    /// <summary>Takes a posting back, as long as the biller allows it.</summary>
    Task<CancelAnswer> CancelAsync(string key, CancellationToken cancel);

    /// <summary>What the biller has confirmed to this terminal in one settlement period. Null: not to be had now.</summary>
    Task<BillerStatement?> StatementAsync(string terminal, int period, CancellationToken cancel);
}

/// <param name="Reference">The biller's own name for the bill; says nothing about the account to anybody else.</param>
/// <param name="MaskedAccount">At most the last four digits: <c>•••• 5678</c>.</param>
/// <param name="MaskedName">As <c>王*明</c>.</param>
/// <param name="Due">Zero or less where nothing is owed: paying ahead is allowed.</param>
/// <param name="Least">What may be paid, at least.</param>
internal sealed record Bill(string Reference, string MaskedAccount, string MaskedName, Money Due, Money Least, Money Most);

/// <param name="Key">Idempotency key: the payment's id.</param>
/// <param name="Period">The terminal's settlement period.</param>
/// <param name="Means"><c>cash</c> or <c>card</c>.</param>
internal sealed record Posting(string Key, string Reference, Money Amount, string Terminal, int Period, string Means, DateTimeOffset PaidAt);

/// <param name="Count">Postings confirmed and not cancelled.</param>
internal sealed record BillerStatement(int Count, Money Total);

internal abstract record LookUpAnswer
{
    private LookUpAnswer() { }

    public sealed record Found(Bill Bill) : LookUpAnswer;

    public sealed record NoSuchAccount : LookUpAnswer;

    /// <param name="Why">For the technician; no account in it.</param>
    public sealed record Unavailable(string Why) : LookUpAnswer;
}

internal abstract record PostAnswer
{
    private PostAnswer() { }

    /// <param name="Number">The biller's own number of the posting.</param>
    public sealed record Confirmed(string Number) : PostAnswer;

    /// <summary>It has no effect, and never will have.</summary>
    /// <param name="Reason">The biller's code: <c>account-closed</c>.</param>
    public sealed record Refused(string Reason) : PostAnswer;

    /// <summary>The biller knows of no such key (queries only).</summary>
    public sealed record NotKnown : PostAnswer;

    /// <summary>No answer, or none that can be believed: it may have had its effect or not.</summary>
    public sealed record Unknown(string Why) : PostAnswer;
}

internal enum CancelAnswer
{
    Cancelled,

    /// <summary>Too late, or not allowed.</summary>
    Refused,

    /// <summary>No answer: ask again.</summary>
    Unknown,
}
