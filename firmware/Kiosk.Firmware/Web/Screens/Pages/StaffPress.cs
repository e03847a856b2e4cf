using System.Security.Cryptography;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>From a form of a staff page to the engine, in the name of who is signed in, and back to the page.</summary>
internal sealed class StaffPress(IIntake intake, HallFeed feed)
{
    /// <summary>Key of the sentence for a form that no page of ours would send so.</summary>
    public const string BadInput = "trouble.input";

    /// <summary>For the hidden field <c>request</c> of a form: sent twice it is done once.</summary>
    public static string NewPress() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Names what this form asks for: its address and the press.</summary>
    public static string RequestId(IFormCollection form, string what) =>
        form.Field("request") is { Length: 32 } press && press.All(char.IsAsciiHexDigitLower) ? $"manager-{what}-{press}" : Guid.NewGuid().ToString("N");

    /// <returns>Key of the sentence that says why nothing was done, or null.</returns>
    public async Task<string?> AskAsync(HttpContext http, string requestId, HallCommand command, CancellationToken cancel) =>
        (await AskAsync(http, requestId, command, "manager", cancel)).Said;

    /// <param name="source">Which screen asks.</param>
    public async Task<string?> WriteAsync(HttpContext http, string requestId, HallEvent.Note fact, CancellationToken cancel, string source = "manager") =>
        (await AskAsync(http, requestId, new HallCommand.WriteDown(fact), source, cancel)).Said;

    /// <returns>Whether this press wrote it (a form that was sent twice writes once), and why not.</returns>
    public async Task<(bool First, string? Said)> FirstAsync(HttpContext http, string requestId, HallEvent.Note fact, CancellationToken cancel, string source = "manager")
    {
        var (answer, said) = await AskAsync(http, requestId, new HallCommand.WriteDown(fact), source, cancel);
        return (answer is { Repeated: false }, said);
    }

    /// <returns>The fact as it stands in the journal: of a form that was sent twice, the first one.</returns>
    public async Task<(T Fact, string? Said)> RecordAsync<T>(HttpContext http, string requestId, T fact, string source, CancellationToken cancel)
        where T : HallEvent.Note
    {
        var (answer, said) = await AskAsync(http, requestId, new HallCommand.WriteDown(fact), source, cancel);
        return (answer is { Events.IsDefaultOrEmpty: false } ? answer.Events[0].Fact as T ?? fact : fact, said);
    }

    private async Task<(Answer? Answer, string? Said)> AskAsync(HttpContext http, string requestId, HallCommand command, string source, CancellationToken cancel)
    {
        try
        {
            var answer = await intake.AskAsync(new(requestId, source, command, Who: http.Staff()?.User), cancel);

            // The engine may answer a moment before it publishes: a page that is fetched again shows what its press did.
            if (answer is { Events.IsDefaultOrEmpty: false, Repeated: false }) await feed.AfterAsync(answer.Events[^1].Seq - 1, cancel);
            return (answer, answer.Rejection is { } no ? $"rejection.{no}" : null);
        }
        catch (JournalUnavailableException)
        {
            return (null, "trouble.journal");
        }
        catch (IntakeFullException)
        {
            return (null, "trouble.busy");
        }
    }

    /// <summary>To the script: the sentence. To a browser without it: the page again, with a code that is looked up and never shown itself.</summary>
    /// <param name="said">Key of what went wrong or, as <c>done.…</c>, of what was done.</param>
    public static IResult Answer(HttpContext http, Phrases t, string page, string? said) => http.Request.FromScript()
        ? ScreenReply.Pressed(Done(said) ? null : Sentence(t, said))
        : new SeeOther(page + (said is null ? "" : (page.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"said={said}"));

    public static string? Sentence(Phrases t, string? code) =>
        code is not null && (Done(code) || code.StartsWith("rejection.", StringComparison.Ordinal) || code.StartsWith("trouble.", StringComparison.Ordinal)) && t.Keys.Contains(code) ? t[code] : null;

    public static bool Done(string? code) => code?.StartsWith("done.", StringComparison.Ordinal) == true;
}
