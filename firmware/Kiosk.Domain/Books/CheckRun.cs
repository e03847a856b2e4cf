using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Books;

/// <summary>One check of the whole hall, from the press of the button to the signature.</summary>
/// <param name="Id">What is signed is what was seen: the signature names it.</param>
/// <param name="Kind"><c>opening</c> or <c>closing</c>.</param>
/// <param name="Steps">Everything that is checked, in order, each with its result as soon as there is one.</param>
public sealed record CheckRun(string Id, string Kind, DateTimeOffset StartedAt, ImmutableArray<CheckStep> Steps)
{
    public DateTimeOffset? FinishedAt { get; init; }

    public bool IsSigned { get; init; }

    public bool Running => FinishedAt is null;

    public bool Passed => !Running && Steps.All(step => step.Result is { Ok: true });

    public int Done => Steps.Count(step => step.Result is not null);

    public IReadOnlyList<CheckItem> Items => [.. Steps.Select(step => step.Result).OfType<CheckItem>()];

    public CheckRun With(CheckItem result) => this with
    {
        Steps = [.. Steps.Select(step => step.Id == result.Id ? step with { Result = result } : step)],
    };
}

/// <param name="Class">Of the device, or <c>Broker</c>, <c>Disk</c>, <c>Clock</c>, <c>Journal</c>.</param>
/// <param name="Result">Null: not checked yet.</param>
public sealed record CheckStep(string Id, string Class, CheckItem? Result = null);

/// <summary>Why a check cannot be signed.</summary>
public enum SignRefusal
{
    UnknownCheck,
    CheckRunning,
    CheckTooOld,
    CheckSigned,

    /// <summary>Something is wrong: whoever signs says what is done about it.</summary>
    RemarkNeeded,
}
