using Kiosk.Domain.Hall;
using Kiosk.Firmware.Web.Screens.Dialogue;
using static Kiosk.Firmware.Web.Screens.Dialogue.KioskInput;

namespace Kiosk.Ui.Tests;

public sealed class KioskDialogueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly KioskDialogue Rest = new("zh-CN", "step-1", Start) { Fresh = true };
    private static readonly TicketId Ticket = new("0123456789ab");

    private static DateTimeOffset After(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    [Fact]
    public void Machine_at_rest_stays_as_it_is_however_long_nobody_comes() =>
        Assert.Same(Rest, Rest.After(new TimePassed(), Start.AddHours(3), "step-2"));

    [Fact]
    public void Thirty_seconds_without_a_touch_bring_a_warning_of_twenty_seconds()
    {
        var english = Rest.After(new LanguageChosen("en"), Start, "x");

        Assert.Null(english.After(new TimePassed(), After(29.9), "x").WarnUntil);
        Assert.Equal(After(50), english.After(new TimePassed(), After(30), "x").WarnUntil);
    }

    [Fact]
    public void Warning_that_nobody_answers_clears_everything_of_this_customer()
    {
        var busy = Rest.After(new LanguageChosen("en"), Start, "x").After(new LargeSet(true), Start, "x").After(new NumberIssued(Ticket), Start, "x");
        var warned = busy.After(new TimePassed(), After(30), "x");

        Assert.Same(warned, warned.After(new TimePassed(), After(49.9), "x"));
        Assert.Equal(new KioskDialogue("zh-CN", "step-2", After(50)), warned.After(new TimePassed(), After(50), "step-2"));
    }

    [Fact]
    public void More_time_can_be_asked_for_again_and_again()
    {
        var dialogue = Rest.After(new NumberIssued(Ticket), Start, "x");
        var at = Start;
        for (var time = 0; time < 20; time++)
        {
            at += TimeSpan.FromSeconds(45);
            dialogue = dialogue.After(new TimePassed(), at, "x");
            Assert.NotNull(dialogue.WarnUntil);
            dialogue = dialogue.After(new MoreTimeAsked(), at, "x");
            Assert.Null(dialogue.WarnUntil);
        }

        Assert.Equal(Ticket, dialogue.Ticket);
    }

    [Fact]
    public void Host_that_slept_through_both_times_still_shows_the_whole_warning() =>
        Assert.Equal(Start.AddMinutes(10).AddSeconds(20), Rest.After(new LargeSet(true), Start, "x").After(new TimePassed(), Start.AddMinutes(10), "x").WarnUntil);

    [Fact]
    public void Number_keeps_its_step_so_that_a_second_press_asks_the_same_again() =>
        Assert.Equal("step-1", Rest.After(new NumberIssued(Ticket), Start, "step-2").Step);

    [Fact]
    public void Refusal_begins_a_new_step_and_a_failure_to_decide_does_not()
    {
        Assert.Equal("step-2", Rest.After(new NumberRefused("rejection.DailyLimitReached"), Start, "step-2").Step);
        Assert.Equal("step-1", Rest.After(new NothingDecided("trouble.journal"), Start, "step-2").Step);
    }

    [Fact]
    public void Touch_takes_a_notice_away() =>
        Assert.Null(Rest.After(new NumberRefused("rejection.DayClosing"), Start, "x").After(new LanguageChosen("en"), After(2), "x").Notice);

    [Fact]
    public void Customer_who_waits_ten_seconds_for_paper_is_told_to_remember_the_number()
    {
        var taken = Rest.After(new NumberIssued(Ticket), Start, "x");

        Assert.Same(taken, taken.After(new TimePassed(), After(9.9), "x"));
        Assert.True(taken.After(new TimePassed(), After(10), "x").PaperLate);
    }

    [Fact]
    public void Machine_at_which_somebody_finished_answers_no_step_of_a_former_life()
    {
        Assert.True(Rest.After(new LanguageChosen("en"), Start, "x").Fresh);
        Assert.False(Rest.After(new NumberIssued(Ticket), Start, "x").Fresh);
        Assert.False(Rest.After(new Left(), Start, "x").Fresh);
    }
}
