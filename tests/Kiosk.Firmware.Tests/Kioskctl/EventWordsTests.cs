using System.Runtime.CompilerServices;
using Kiosk.Domain.Hall;
using Kiosk.Provisioning.Log;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class EventWordsTests
{
    private static readonly Type[] All = [.. typeof(HallEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(HallEvent)) && !type.IsAbstract)];

    public static TheoryData<Type> Types => [.. All];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_event_has_words(Type type) =>
        Assert.NotEqual("", EventWords.For((HallEvent)RuntimeHelpers.GetUninitializedObject(type)));

    [Fact]
    public void No_two_types_have_the_same_words()
    {
        var words = All.Select(type => EventWords.For((HallEvent)RuntimeHelpers.GetUninitializedObject(type))).ToList();

        Assert.True(words.Count >= 26, "the types of events were not found");
        Assert.Equal(words.Count, words.Distinct().Count());
    }

    [Fact]
    public void Words_name_number_counter_and_service()
    {
        var (ticket, number) = (new TicketId("abc"), new TicketNumber('A', 12));

        Assert.Equal("A012 issued for pay in en, 3 ahead", EventWords.For(new TicketIssued(ticket, number, new("pay"), "en", 3)));
        Assert.Equal("A012 issued for pay in en, 3 ahead, told 10 to 25 min", EventWords.For(new TicketIssued(ticket, number, new("pay"), "en", 3, Promise: new(900, 600, 1260, 780, 1020))));
        Assert.Equal("A012 called to counter 3", EventWords.For(new TicketCalled(ticket, number, new("pay"), new(3))));
        Assert.Equal("A012 transferred from pay to vip, counter 6 only", EventWords.For(new TicketTransferred(ticket, number, new("pay"), new("vip"), new(6))));
        Assert.Equal("A012 transferred from pay to vip", EventWords.For(new TicketTransferred(ticket, number, new("pay"), new("vip"), null)));
        Assert.Equal("copy 1 of A012 stopped half way: OutOfPaper", EventWords.For(new SlipHalted(ticket, number, 1, "OutOfPaper")));
    }
}
