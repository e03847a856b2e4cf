using System.Diagnostics;
using System.Globalization;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Provisioning.Log;

/// <summary>Facts about staff, books and devices in words: one line for each type.</summary>
internal static class NoteWords
{
    public static string For(Note fact) => fact switch
    {
        StaffSignedIn e => $"{e.User} ({e.Role}) signed in at {e.From}",
        StaffSignedOut e => $"{e.User} signed out: {e.Why}",
        SignInRefused e => $"sign-in of \"{e.User}\" refused at {e.From}: {e.Why}",
        AccessRefused e => string.Create(CultureInfo.InvariantCulture, $"{e.What} refused for {e.User ?? "nobody"} at {e.From}: {e.Why}, {e.Times} ×"),
        ReportPrinted e => $"report {e.Report}: {e.Outcome}",
        StaffAdded e => $"account {e.User} added as {e.Role}",
        StaffChanged e => $"account {e.User}: {e.What}",
        ScreenEnrolled e => $"screen \"{e.Name}\" ({e.Screen}) let in",
        ScreenRevoked e => $"screen {e.Screen} shut out",
        DayChecked e => $"{e.Kind} check signed: {(e.Passed ? "passed" : "with faults at " + string.Join(", ", (e.Items ?? []).Where(item => !item.Ok).Select(item => item.Id)))}",
        HandOverWritten e => $"hand-over {e.Entry} to {e.To}",
        HandOverTaken e => $"hand-over {e.Entry} taken",
        FeedbackGiven e => $"feedback at counter {e.Counter}: {e.Rating}",
        SuggestionMade e => $"{e.Kind} {e.Entry} in the suggestion book",
        SuggestionAssigned e => $"suggestion {e.Entry} is {e.Owner}'s",
        SuggestionAnswered e => $"suggestion {e.Entry} answered",
        FaultReported e => $"fault {e.Fault} of {e.Equipment}: {e.What}",
        FaultMended e => $"fault {e.Fault} mended: {e.What}",
        DeviceFaulted e => $"device {e.Device} out of service: {e.Fault}",
        DeviceRecovered e => $"device {e.Device} works again",
        PaperLoaded e => $"new roll in {e.Device}: {e.How}",
        AppointmentBooked e => $"appointment {e.Appointment} for {e.Service} at {e.Slot.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}",
        AppointmentCancelled e => $"appointment {e.Appointment} cancelled",
        PersonalDataErased e => string.Create(CultureInfo.InvariantCulture, $"personal data erased: {e.What}, {e.Records} records"),
        SlipTemplateChanged e => $"template of the {e.Slip} changed: {e.What}, {e.Template}",
        JournalPruned e => string.Create(CultureInfo.InvariantCulture, $"{e.Events} events of before {e.Before:yyyy-MM-dd} removed, their reports kept"),
        HallDescribed => "the profile says something else than at the start before",
        ArrivalsForecast { Forecast: { } e } => string.Create(CultureInfo.InvariantCulture, $"forecast of {e.Day:yyyy-MM-dd}: {e.Line(null)?.Mean.Sum() ?? 0:0} arrivals, at most {e.Staffing.Sum(group => group.Advised.DefaultIfEmpty().Max())} counters advised"),
        ArrivalsForecast => "forecast of a day without figures",
        NoticeShown e => $"{e.Kind} {e.Notice} for the customers: {(e.Text is { Count: > 0 } text ? text.First().Value : "")}",
        NoticeWithdrawn e => $"notice {e.Notice} withdrawn",
        StoreCommandAnswered e => $"command {e.Command} of {e.User} at the store: {e.Action}: {e.Outcome}{(e.Message is { Length: > 0 } why ? ", " + why : "")}",
        StoreForgotten e => string.Create(CultureInfo.InvariantCulture, $"the store, which had everything up to event {e.Seq}, is not waited for any more"),
        _ => throw new UnreachableException($"no words for {fact.GetType().Name}"),
    };
}
