using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Books;

public sealed class HallBooksTests
{
    private static readonly TimeZoneInfo Zone = Halls.Profile.TimeZone;

    [Fact]
    public void Hand_over_is_open_until_somebody_takes_it_and_is_taken_once()
    {
        var notes = new Notes().Note(new HandOverWritten("h1", "call back", "", "wang"));
        Assert.Equal("h1", notes.Books.HandOver.NotTaken?.Id);

        notes.Note(new HandOverTaken("h1"), "wang").Note(new HandOverTaken("h1"), "li");

        Assert.Null(notes.Books.HandOver.NotTaken);
        Assert.Equal("wang", notes.Books.HandOver.Find("h1")!.TakenBy);
    }

    [Fact]
    public void Suggestion_is_overdue_after_a_day_without_an_answer_and_never_once_it_is_answered()
    {
        var notes = new Notes().Note(new SuggestionMade("482913-7k2mq9", "complaint", "too long", true), null);
        var made = notes.Now;
        Assert.Equal((0, 1), (notes.Books.Suggestions.Overdue(made.AddHours(24).AddTicks(-1)), notes.Books.Suggestions.Overdue(made.AddHours(24))));

        notes.Note(new SuggestionAnswered("482913-7k2mq9", "sorry"));

        var entry = notes.Books.Suggestions.Find("482913-7k2mq9")!;
        Assert.Equal((0, "482913", "mei", "mei"), (notes.Books.Suggestions.Overdue(made.AddDays(9)), entry.Number, entry.Owner, entry.AnsweredBy));
    }

    [Fact]
    public void Unanswered_suggestions_come_first_and_the_oldest_before_all()
    {
        var notes = new Notes();
        foreach (var id in new[] { "1", "2", "3" }) notes.Note(new SuggestionMade(id, "suggestion", "text", false), null);

        notes.Note(new SuggestionAnswered("1", "thanks"));

        Assert.Equal(["2", "3", "1"], notes.Books.Suggestions.ByUrgency.Select(entry => entry.Id));
    }

    [Fact]
    public void Erased_contact_is_not_promised_any_more()
    {
        var notes = new Notes().Note(new SuggestionMade("1-a", "suggestion", "text", true), null).Note(new SuggestionMade("2-b", "suggestion", "text", true), null);

        notes.Note(new PersonalDataErased("suggestion 1-a", 1));

        Assert.Equal([false, true], notes.Books.Suggestions.Entries.Select(entry => entry.Contact));
    }

    [Fact]
    public void Outage_of_a_device_is_one_fault_however_often_it_is_told()
    {
        var notes = new Notes().Note(new DeviceFaulted("printer", "OutOfPaper"), null).Note(new DeviceFaulted("printer", "CoverOpen"), null);
        Assert.Equal("OutOfPaper", Assert.Single(notes.Books.Equipment.Open).What);

        notes.Note(new DeviceRecovered("printer"), null);

        Assert.Empty(notes.Books.Equipment.Open);
        Assert.Equal(TimeSpan.FromHours(2), notes.Books.Equipment.Downtime("printer", Halls.Opening, notes.Now));
    }

    [Fact]
    public void Downtime_counts_overlapping_faults_once_and_only_what_lies_between_the_two_times()
    {
        var notes = new Notes()
            .Note(new FaultReported("f1", "door", "stuck"))
            .Note(new FaultReported("f2", "door", "squeaks"))
            .Note(new FaultMended("f1", "oiled"))
            .Note(new FaultMended("f2", "oiled"));
        var register = notes.Books.Equipment;

        Assert.Equal(TimeSpan.FromHours(3), register.Downtime("door", Halls.Opening, notes.Now));
        Assert.Equal(TimeSpan.FromMinutes(90), register.Downtime("door", notes.Now - TimeSpan.FromMinutes(90), notes.Now.AddHours(5)));
        Assert.Equal(TimeSpan.Zero, register.Downtime("window", Halls.Opening, notes.Now));
    }

    [Fact]
    public void Fault_that_is_still_open_counts_until_now()
    {
        var notes = new Notes().Note(new FaultReported("f1", "door", "stuck"));

        Assert.Equal(TimeSpan.FromHours(7), notes.Books.Equipment.Downtime("door", Halls.Opening, notes.Now.AddHours(7)));
    }

    [Fact]
    public void Check_belongs_to_the_halls_own_date()
    {
        // 23:30 at the hall is still the day before in UTC's reckoning of the next.
        var late = new DateTimeOffset(2026, 1, 5, 23, 30, 0, TimeSpan.FromHours(8));
        var checks = Checks.Empty.After(new DayChecked("c1", Checks.Closing, true, []), late.ToUniversalTime(), "mei");

        Assert.Equal("c1", checks.On(new(2026, 1, 5), Checks.Closing, Zone)?.Id);
        Assert.Null(checks.On(new(2026, 1, 6), Checks.Closing, Zone));
        Assert.Null(checks.On(new(2026, 1, 5), Checks.Opening, Zone));
    }

    [Fact]
    public void Cancelled_appointment_is_in_the_book_and_cannot_be_checked_in()
    {
        var notes = new Notes().Note(new AppointmentBooked("123456", Halls.Pay, Halls.Opening.AddHours(5), "en")).Note(new AppointmentBooked("654321", Halls.Pay, Halls.Opening.AddHours(3), "en"));
        Assert.Equal(["654321", "123456"], notes.Books.Appointments.On(Halls.Today, Zone).Select(booked => booked.Id));

        notes.Note(new AppointmentCancelled("123456")).Note(new AppointmentCancelled("999999"));

        Assert.Null(notes.Books.Appointments.Find("123456"));
        Assert.Equal(2, notes.Books.Appointments.On(Halls.Today, Zone).Count());
    }

    [Fact]
    public void Closed_entries_leave_memory_after_ninety_days_and_open_ones_stay()
    {
        var notes = new Notes()
            .Note(new SuggestionMade("open", "complaint", "text", false), null)
            .Note(new SuggestionMade("closed", "complaint", "text", false), null).Note(new SuggestionAnswered("closed", "done"))
            .Note(new FaultReported("f1", "door", "stuck")).Note(new FaultMended("f1", "oiled"))
            .Note(new DeviceFaulted("printer", "OutOfPaper"), null)
            .Note(new DayChecked("c1", Checks.Opening, true, []))
            .Note(new AppointmentBooked("123456", Halls.Pay, Halls.Opening, "en"))
            .Note(new FeedbackGiven(new(1), Rating.Neutral, new TicketId("t")));

        notes.After(TimeSpan.FromDays(91)).Trim();

        Assert.Equal("open", Assert.Single(notes.Books.Suggestions.Entries).Id);
        Assert.Equal("printer", Assert.Single(notes.Books.Equipment.Faults).Equipment);
        Assert.Empty(notes.Books.Checks.Entries);
        Assert.Empty(notes.Books.Appointments.ById);
        Assert.Empty(notes.Books.Feedback.ByTicket);
    }

    [Fact]
    public void Book_that_nobody_closes_does_not_grow_without_end()
    {
        var notes = new Notes();
        for (var n = 0; n <= 5000; n++) notes.Note(new FaultReported($"f{n}", "door", "stuck"));

        notes.Trim();

        Assert.Equal(5000, notes.Books.Equipment.Faults.Count);
        Assert.Equal("f1", notes.Books.Equipment.Faults[0].Id);
    }
}
