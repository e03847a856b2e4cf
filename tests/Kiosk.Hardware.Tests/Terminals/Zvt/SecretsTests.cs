using System.Collections.Concurrent;
using Kiosk.Hardware.Terminals;
using Kiosk.Hardware.Terminals.Zvt;
using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>The emulator sends the whole card number: it must be nowhere behind the parser, and the password in no log.</summary>
public sealed class SecretsTests
{
    private const string WholeNumber = "6228480012341234", Password = "987321";

    [Theory]
    [InlineData("terminal")]
    [InlineData("host")]
    public async Task Card_number_and_password_are_in_no_step_no_slip_no_log_and_no_fault(string receipts)
    {
        var log = new ListLog();
        var services = new DriverServices(new SteppedClock(), log);
        var driver = new ZvtDriver();
        var settings = new DeviceSettings("card-terminal", "zvt", "emulated:", JsonText.Parse($$"""{"password": "{{Password}}", "receipts": "{{receipts}}"}"""));
        await using var emulator = driver.Emulate(settings, services);
        var ledger = new CardLedger();
        await using (var device = (ICardTerminal)await driver.OpenAsync(settings, emulator, services, default))
        {
            emulator.Do("card", JsonText.Parse("""{"pan-last4": 1234}"""));
            var paid = Assert.IsType<CardOutcome.Paid>(await device.PayAsync(new CardAmount(100, "EUR"), ledger, default, default));
            Assert.Equal("•••• 1234", paid.Slip.MaskedCard);
            Assert.IsType<CardOutcome.Reversed>(await device.SettleAsync(new CardDoubt(paid.Slip.Amount, null, paid.Slip, false), ledger, default));
            emulator.Do("power", JsonText.Parse("""{"state": "off"}"""));
            log.Lines.Add($"{device.Health} {paid} {await device.SettleAsync(new CardDoubt(paid.Slip.Amount, null, paid.Slip, false), ledger, default)}");
        }

        var told = string.Join("\n", [.. log.Lines, .. ledger.Journal, emulator.Look().ToJsonString(), .. emulator.Pictures]);
        Assert.Contains("registered", told, StringComparison.Ordinal);
        if (receipts == "host") Assert.Contains("girocard •••• 1234", told, StringComparison.Ordinal);
        for (var start = 0; start + 8 <= WholeNumber.Length; start++) Assert.DoesNotContain(WholeNumber.Substring(start, 8), told, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, told, StringComparison.Ordinal);
    }

    private sealed class ListLog : ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception}");
    }
}
