using System.Text.Json.Serialization;

namespace Kiosk.Domain.Hall;

/// <summary>Facts about staff, books and devices: they change no line and no counter, and no rule of the queue refuses them.</summary>
public abstract partial record HallEvent
{
    public abstract record Note : HallEvent;

    /// <param name="From">Where: <c>counter-3</c>, <c>manager</c>, <c>api 192.168.1.7</c>.</param>
    public sealed record StaffSignedIn(string User, string Role, string From, CounterId? Counter = null) : Note;

    /// <param name="Why"><c>signed-out</c>, <c>timed-out</c>, <c>everywhere</c>, <c>replaced</c>, <c>removed</c>.</param>
    public sealed record StaffSignedOut(string User, string Why, CounterId? Counter = null) : Note;

    /// <param name="User">As it was given, cut to 40 signs.</param>
    /// <param name="Why"><c>wrong</c> (user or PIN), <c>locked</c>, <c>throttled</c>.</param>
    public sealed record SignInRefused(string User, string From, string Why) : Note;

    /// <param name="User">Null: nobody is signed in there.</param>
    /// <param name="What"><c>POST /api/v1/day/close</c>.</param>
    /// <param name="Why"><c>not-signed-in</c>, <c>session-unknown</c> (forged or of before a restart), <c>session-expired</c>, <c>role</c>, <c>not-enrolled</c>.</param>
    /// <param name="Times">How often: a flood is one fact a minute.</param>
    public sealed record AccessRefused(string? User, string From, string What, string Why, int Times = 1) : Note;

    public sealed record StaffAdded(string User, string Role) : Note;

    /// <param name="What"><c>role clerk to duty</c>, <c>pin</c>, <c>locked</c>, <c>unlocked</c>, <c>removed</c>. Never a PIN.</param>
    public sealed record StaffChanged(string User, string What) : Note;

    /// <summary>A customers' screen away from the board was let in.</summary>
    public sealed record ScreenEnrolled(string Screen, string Name) : Note;

    public sealed record ScreenRevoked(string Screen) : Note;

    /// <summary>The devices were checked before opening or after closing, and somebody signed for it.</summary>
    /// <param name="Kind"><c>opening</c> or <c>closing</c>.</param>
    public sealed record DayChecked(string Check, string Kind, bool Passed, IReadOnlyList<CheckItem> Items, string? Remark = null) : Note;

    /// <param name="To">Who takes over.</param>
    public sealed record HandOverWritten(string Entry, string Pending, string Broken, string To) : Note;

    /// <summary>The one who takes over has read it.</summary>
    public sealed record HandOverTaken(string Entry) : Note;

    /// <param name="Clerk">Who was signed in there, or null.</param>
    public sealed record FeedbackGiven(CounterId Counter, Rating Rating, TicketId? Ticket = null, TicketNumber? Number = null, ServiceId? Service = null, string? Clerk = null) : Note;

    /// <param name="Kind"><c>suggestion</c> or <c>complaint</c>.</param>
    /// <param name="Text">Long runs of digits are masked to their last four.</param>
    /// <param name="Contact">Whether the customer left a way to be reached; kept apart, for a shorter time.</param>
    public sealed record SuggestionMade(string Entry, string Kind, string Text, bool Contact) : Note;

    public sealed record SuggestionAssigned(string Entry, string Owner) : Note;

    public sealed record SuggestionAnswered(string Entry, string Answer) : Note;

    /// <param name="Equipment">A device of the profile, or whatever else stands in the hall.</param>
    public sealed record FaultReported(string Fault, string Equipment, string What) : Note;

    public sealed record FaultMended(string Fault, string What) : Note;

    /// <summary>A device of the board stopped working.</summary>
    /// <param name="Fault">As the device names it: <c>OutOfPaper</c>.</param>
    public sealed record DeviceFaulted(string Device, string Fault) : Note;

    public sealed record DeviceRecovered(string Device) : Note;

    /// <summary>A new roll is in a ticket printer.</summary>
    /// <param name="How"><c>noticed</c> by the printer's own sensors, or <c>pressed</c> by staff.</param>
    public sealed record PaperLoaded(string Device, string How) : Note;

    /// <param name="Slot">When the customer is expected.</param>
    public sealed record AppointmentBooked(string Appointment, ServiceId Service, DateTimeOffset Slot, string Language) : Note;

    public sealed record AppointmentCancelled(string Appointment) : Note;

    /// <param name="What"><c>suggestion 7k2m</c>, <c>expired</c>.</param>
    public sealed record PersonalDataErased(string What, int Records) : Note;

    /// <summary>How a slip looks was changed.</summary>
    /// <param name="Slip"><c>ticket</c>, <c>receipt</c>.</param>
    /// <param name="What"><c>saved</c>, <c>previous</c> (back to what was used before), <c>delivered</c> (back to the profile's file or the program's own), <c>kept</c> (the change before it could not be written).</param>
    /// <param name="Template">SHA-256 of the template in use from now on, its first twelve signs.</param>
    public sealed record SlipTemplateChanged(string Slip, string What, string Template) : Note;

    /// <summary>A report went to the printer.</summary>
    /// <param name="Report"><c>X</c> or <c>Z 12</c>.</param>
    /// <param name="Outcome"><c>sending</c>, then as of any slip: <c>printed</c>, <c>presumed</c>, <c>in-doubt</c>, <c>halted</c>, <c>not-sent</c>.</param>
    public sealed record ReportPrinted(string Report, string Outcome) : Note;

    /// <summary>Events of days before this one were removed; their reports are kept.</summary>
    public sealed record JournalPruned(DateOnly Before, long Events) : Note;
}

/// <param name="Id">Of the device, or <c>broker</c>, <c>disk</c>, <c>clock</c>.</param>
/// <param name="Fault">As the device names it, or null.</param>
public sealed record CheckItem(string Id, string Class, bool Ok, string? Fault, string Detail);

/// <summary>The three faces after each service.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Rating>))]
public enum Rating
{
    [JsonStringEnumMemberName("satisfied")]
    Satisfied,

    [JsonStringEnumMemberName("neutral")]
    Neutral,

    [JsonStringEnumMemberName("dissatisfied")]
    Dissatisfied,
}
