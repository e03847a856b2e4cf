using Kiosk.Hardware.Printers.EscPos;

namespace Kiosk.Hardware.Tests.Printers;

public sealed class ReplyDemultiplexerTests
{
    private readonly ReplyDemultiplexer _replies = new();

    [Fact]
    public void Replies_are_told_apart_in_one_stream()
    {
        _replies.MarkerAwaited = true;

        Assert.Equal(
            [
                new PrinterReply.Status(0x16),
                new PrinterReply.StatusBack(new PrinterCondition(true, true, false, true, false, false, false, false)),
                new PrinterReply.Marker(),
            ],
            Take(0x11, 0x16, 0x13, 0x38, 0x00, 0x03, 0x00, 0x00));
    }

    [Fact]
    public void Status_back_is_put_together_around_a_reply_that_falls_into_it() =>
        Assert.Equal([new PrinterReply.Status(0x12), new PrinterReply.StatusBack(default)], Take(0x10, 0x00, 0x12, 0x00, 0x00));

    [Fact]
    public void Marker_is_known_only_while_one_is_awaited()
    {
        Assert.Equal([new PrinterReply.Garbage(0)], Take(0x00));
        _replies.MarkerAwaited = true;
        Assert.Equal([new PrinterReply.Marker(), new PrinterReply.Garbage(0)], Take(0x00, 0x00));
    }

    [Fact]
    public void Answer_to_clearing_is_three_bytes_and_not_a_marker()
    {
        (_replies.MarkerAwaited, _replies.ClearedAwaited) = (true, true);

        Assert.Equal([new PrinterReply.Marker(), new PrinterReply.Cleared()], Take(0x00, 0x37, 0x25, 0x00));
    }

    [Fact]
    public void Marker_with_a_name_is_that_of_its_own_slip_and_not_of_an_earlier_one()
    {
        _replies.NamedMarkerAwaited = EscPosProtocol.Named("NEXT"u8);

        Assert.Equal(
            [new PrinterReply.Garbage(0), new PrinterReply.Status(0x12), new PrinterReply.Marker()],
            Take([.. EscPosProtocol.Named("LAST"u8), 0x12, .. EscPosProtocol.Named("NEXT"u8)]));
    }

    [Theory]
    [InlineData(0x12, 0x12, 0x12, 0x12, null)]
    [InlineData(0x16, 0x12, 0x12, 0x12, null)]
    [InlineData(0x1A, 0x16, 0x12, 0x12, DeviceFault.CoverOpen)]
    [InlineData(0x1A, 0x32, 0x12, 0x72, DeviceFault.OutOfPaper)]
    [InlineData(0x1A, 0x12, 0x12, 0x7E, DeviceFault.OutOfPaper)]
    [InlineData(0x1A, 0x52, 0x1A, 0x12, DeviceFault.CutterJam)]
    [InlineData(0x1A, 0x52, 0x32, 0x12, DeviceFault.Unrecoverable)]
    [InlineData(0x1A, 0x52, 0x52, 0x12, DeviceFault.AutoRecoverable)]
    [InlineData(0x1A, 0x52, 0x12, 0x12, DeviceFault.Broken)]
    [InlineData(0x1A, 0x12, 0x12, 0x12, DeviceFault.Offline)]
    public void Four_replies_make_one_fault(byte printer, byte offline, byte error, byte paper, DeviceFault? fault) =>
        Assert.Equal(fault, PrinterCondition.FromReplies(printer, offline, error, paper).Fault);

    private List<PrinterReply> Take(params byte[] bytes) => [.. bytes.Select(_replies.Take).OfType<PrinterReply>()];
}
