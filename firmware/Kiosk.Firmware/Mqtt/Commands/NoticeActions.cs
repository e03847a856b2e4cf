using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Mqtt;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <summary>Messages and promotions on the hall's screen.</summary>
internal sealed class NoticeActions(HallFeed feed, BookKeeper books, IIntake intake, TimeProvider time) : IStoreActions
{
    /// <summary>Characters that can be read from ten metres before the next call.</summary>
    public const int LongestText = 120;

    private const int LongestMinutes = 24 * 60;

    public IEnumerable<StoreAction> All =>
    [
        new(StoreActions.ShowMessage, Right.RunDay, ShowMessageAsync),
        new(StoreActions.SetPromotion, Right.RunDay, SetPromotionAsync),
        new(StoreActions.WithdrawNotice, Right.RunDay, WithdrawAsync),
    ];

    private Task<CommandOutcome> ShowMessageAsync(StoreCommand command, CancellationToken cancel)
    {
        var body = RequestBody.Of(command.Args, "text", "minutes");
        var until = body.OptionalNumber("minutes", 1, LongestMinutes) is { } minutes ? time.GetUtcNow().AddMinutes(minutes) : (DateTimeOffset?)null;
        return ShowAsync(command, new(Id(command), NoticeKind.Message, Text(body), null, until), cancel);
    }

    private Task<CommandOutcome> SetPromotionAsync(StoreCommand command, CancellationToken cancel)
    {
        var body = RequestBody.Of(command.Args, "text", "from", "until");
        var (from, until) = (Moment(body, "from"), Moment(body, "until"));
        if (until <= (from ?? time.GetUtcNow())) throw new BadInputException("until", "The field \"until\" must be later than \"from\" and than now.");
        return ShowAsync(command, new(Id(command), NoticeKind.Promotion, Text(body), from, until), cancel);
    }

    private async Task<CommandOutcome> ShowAsync(StoreCommand command, NoticeShown notice, CancellationToken cancel)
    {
        await intake.AskAsync(command.Asking(new HallCommand.WriteDown(notice)), cancel);
        return CommandOutcome.Done("The hall's screen shows it.", new() { ["notice"] = notice.Notice });
    }

    private async Task<CommandOutcome> WithdrawAsync(StoreCommand command, CancellationToken cancel)
    {
        var notice = RequestBody.Of(command.Args, "notice").FreeText("notice") ?? throw new BadInputException("notice", "The field \"notice\" is missing: as the answer to the command that showed it says.");
        if (books.Current.Notices.Find(notice) is null) return new(CommandOutcome.Refused, "No such notice is shown or waits to be.", new() { ["reason"] = "unknown-notice" });

        await intake.AskAsync(command.Asking(new HallCommand.WriteDown(new NoticeWithdrawn(notice))), cancel);
        return CommandOutcome.Done("The notice is gone.", new() { ["notice"] = notice });
    }

    // Named after its command: repeated after a power cut it is the same notice.
    private static string Id(StoreCommand command) => $"{command.User}.{command.Id}";

    private Dictionary<string, string> Text(RequestBody body)
    {
        var languages = feed.Profile.Languages;
        if (!body.Element.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.Object)
            throw new BadInputException("text", "The field \"text\" must be an object with a text for each language.", languages);

        var words = RequestBody.Of(text, [.. languages]);
        var said = languages.Where(language => words.FreeText(language) is not null).ToDictionary(language => language, language => words.FreeText(language)!.Trim());
        if (!said.ContainsKey(feed.Profile.DefaultLanguage)) throw new BadInputException("text", $"The text in {feed.Profile.DefaultLanguage}, the hall's first language, is missing.", languages);
        foreach (var (language, words1) in said)
        {
            if (words1.Length is 0 or > LongestText || words1.Any(char.IsControl)) throw new BadInputException($"text.{language}", $"A text must be 1 to {LongestText} characters on one line.");
        }

        return said;
    }

    private static DateTimeOffset? Moment(RequestBody body, string member)
    {
        if (body.FreeText(member) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new BadInputException(member, $"The field \"{member}\" must be a time as 2026-11-22T08:30:00Z.");
    }
}
