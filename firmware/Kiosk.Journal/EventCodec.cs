using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kiosk.Domain.Hall;

namespace Kiosk.Journal;

/// <summary>Events as JSON, kept for ever: members are added, never renamed; a golden file guards each type.</summary>
public static class EventCodec
{
    // A shape is made when the first event of its type is: a hall sees few of the types in a day, and all of them together took a third of the start.
    private static readonly Dictionary<Type, Known> ByType = typeof(HallEvent).GetNestedTypes().Where(type => !type.IsAbstract).ToDictionary(type => type, type => new Known(type));

    private static readonly Dictionary<string, Known> ByName = ByType.Values.ToDictionary(known => known.Name);

    /// <summary>Every type of event, as <c>ticket-issued</c>.</summary>
    public static IReadOnlyCollection<string> Types => ByName.Keys;

    /// <summary>Those of the ledger.</summary>
    public static IReadOnlyCollection<string> LedgerTypes { get; } = [.. ByType.Where(pair => pair.Key.IsSubclassOf(typeof(HallEvent.LedgerEntry))).Select(pair => pair.Value.Name)];

    public static string TypeOf(HallEvent fact) => ByType[fact.GetType()].Name;

    public static string NameOf<T>() where T : HallEvent => ByType[typeof(T)].Name;

    /// <summary>How the body of that type is written, for its schema.</summary>
    public static JsonTypeInfo ShapeOf(string type) => ByName[type].Shape;

    public static byte[] Encode(HallEvent fact) => JsonSerializer.SerializeToUtf8Bytes(fact, ByType[fact.GetType()].Shape);

    /// <exception cref="JournalRefusedException">A type of a newer version, or a damaged body.</exception>
    public static HallEvent Decode(string type, ReadOnlySpan<byte> body)
    {
        if (!ByName.TryGetValue(type, out var known))
        {
            throw new JournalRefusedException($"The journal holds an event of type \"{type}\" that this version does not know: start the version that wrote it, or a newer one.");
        }

        try
        {
            return (HallEvent)JsonSerializer.Deserialize(body, known.Shape)!;
        }
        catch (JsonException damaged)
        {
            throw new JournalRefusedException($"An event of type \"{type}\" in the journal is damaged: {damaged.Message}", damaged);
        }
    }

    private sealed class Known(Type type)
    {
        private JsonTypeInfo? _shape;

        public string Name { get; } = JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);

        public JsonTypeInfo Shape => _shape ??= EventShapes.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is missing in EventShapes.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = false,
    Converters = [typeof(TicketIdJson), typeof(ServiceIdJson), typeof(CounterIdJson), typeof(TicketNumberJson), typeof(PaymentIdJson)])]
[JsonSerializable(typeof(HallEvent.DayOpened))]
[JsonSerializable(typeof(HallEvent.DayClosing))]
[JsonSerializable(typeof(HallEvent.DayClosed))]
[JsonSerializable(typeof(HallEvent.TicketIssued))]
[JsonSerializable(typeof(HallEvent.TicketCalled))]
[JsonSerializable(typeof(HallEvent.TicketRecalled))]
[JsonSerializable(typeof(HallEvent.ServiceBegun))]
[JsonSerializable(typeof(HallEvent.ServiceFinished))]
[JsonSerializable(typeof(HallEvent.TicketNoShow))]
[JsonSerializable(typeof(HallEvent.TicketHeld))]
[JsonSerializable(typeof(HallEvent.TicketResumed))]
[JsonSerializable(typeof(HallEvent.TicketTransferred))]
[JsonSerializable(typeof(HallEvent.TicketCancelled))]
[JsonSerializable(typeof(HallEvent.TicketAbandoned))]
[JsonSerializable(typeof(HallEvent.CounterOpened))]
[JsonSerializable(typeof(HallEvent.CounterPaused))]
[JsonSerializable(typeof(HallEvent.CounterResumed))]
[JsonSerializable(typeof(HallEvent.CounterClosed))]
[JsonSerializable(typeof(HallEvent.SlipQueued))]
[JsonSerializable(typeof(HallEvent.SlipSending))]
[JsonSerializable(typeof(HallEvent.SlipRequeued))]
[JsonSerializable(typeof(HallEvent.SlipHalted))]
[JsonSerializable(typeof(HallEvent.SlipPrinted))]
[JsonSerializable(typeof(HallEvent.SlipPresumed))]
[JsonSerializable(typeof(HallEvent.SlipInDoubt))]
[JsonSerializable(typeof(HallEvent.SlipReplaced))]
[JsonSerializable(typeof(HallEvent.TicketContinued))]
[JsonSerializable(typeof(HallEvent.TicketPrioritised))]
[JsonSerializable(typeof(HallEvent.CounterStaffed))]
[JsonSerializable(typeof(HallEvent.CounterLeft))]
[JsonSerializable(typeof(HallEvent.StaffSignedIn))]
[JsonSerializable(typeof(HallEvent.StaffSignedOut))]
[JsonSerializable(typeof(HallEvent.SignInRefused))]
[JsonSerializable(typeof(HallEvent.AccessRefused))]
[JsonSerializable(typeof(HallEvent.StaffAdded))]
[JsonSerializable(typeof(HallEvent.StaffChanged))]
[JsonSerializable(typeof(HallEvent.ScreenEnrolled))]
[JsonSerializable(typeof(HallEvent.ScreenRevoked))]
[JsonSerializable(typeof(HallEvent.DayChecked))]
[JsonSerializable(typeof(HallEvent.HandOverWritten))]
[JsonSerializable(typeof(HallEvent.HandOverTaken))]
[JsonSerializable(typeof(HallEvent.FeedbackGiven))]
[JsonSerializable(typeof(HallEvent.SuggestionMade))]
[JsonSerializable(typeof(HallEvent.SuggestionAssigned))]
[JsonSerializable(typeof(HallEvent.SuggestionAnswered))]
[JsonSerializable(typeof(HallEvent.FaultReported))]
[JsonSerializable(typeof(HallEvent.FaultMended))]
[JsonSerializable(typeof(HallEvent.PaperLoaded))]
[JsonSerializable(typeof(HallEvent.DeviceFaulted))]
[JsonSerializable(typeof(HallEvent.DeviceRecovered))]
[JsonSerializable(typeof(HallEvent.AppointmentBooked))]
[JsonSerializable(typeof(HallEvent.AppointmentCancelled))]
[JsonSerializable(typeof(HallEvent.PersonalDataErased))]
[JsonSerializable(typeof(HallEvent.SlipTemplateChanged))]
[JsonSerializable(typeof(HallEvent.JournalPruned))]
[JsonSerializable(typeof(HallEvent.StoreCommandAnswered))]
[JsonSerializable(typeof(HallEvent.StoreForgotten))]
[JsonSerializable(typeof(HallEvent.NoticeWithdrawn))]
[JsonSerializable(typeof(HallEvent.NoticeShown))]
[JsonSerializable(typeof(HallEvent.HallDescribed))]
[JsonSerializable(typeof(HallEvent.ArrivalsForecast))]
[JsonSerializable(typeof(HallEvent.ReportPrinted))]
[JsonSerializable(typeof(HallEvent.PaymentBegun))]
[JsonSerializable(typeof(HallEvent.CardSending))]
[JsonSerializable(typeof(HallEvent.CardAuthorised))]
[JsonSerializable(typeof(HallEvent.CardCommitting))]
[JsonSerializable(typeof(HallEvent.CardReversing))]
[JsonSerializable(typeof(HallEvent.CardPaid))]
[JsonSerializable(typeof(HallEvent.CardNotPaid))]
[JsonSerializable(typeof(HallEvent.CardReversed))]
[JsonSerializable(typeof(HallEvent.CardUnknown))]
[JsonSerializable(typeof(HallEvent.CardLines))]
[JsonSerializable(typeof(HallEvent.CashEscrowed))]
[JsonSerializable(typeof(HallEvent.CashStacking))]
[JsonSerializable(typeof(HallEvent.CashReturning))]
[JsonSerializable(typeof(HallEvent.CashCredited))]
[JsonSerializable(typeof(HallEvent.CashMarked))]
[JsonSerializable(typeof(HallEvent.CashReturned))]
[JsonSerializable(typeof(HallEvent.CashInDoubt))]
[JsonSerializable(typeof(HallEvent.CashBoxRemoved))]
[JsonSerializable(typeof(HallEvent.CashBoxInserted))]
[JsonSerializable(typeof(HallEvent.PostingQueued))]
[JsonSerializable(typeof(HallEvent.PostingSending))]
[JsonSerializable(typeof(HallEvent.PostingConfirmed))]
[JsonSerializable(typeof(HallEvent.PostingRefused))]
[JsonSerializable(typeof(HallEvent.PostingWithdrawing))]
[JsonSerializable(typeof(HallEvent.PostingWithdrawn))]
[JsonSerializable(typeof(HallEvent.PaymentEnded))]
[JsonSerializable(typeof(HallEvent.CaseOpened))]
[JsonSerializable(typeof(HallEvent.CaseProposed))]
[JsonSerializable(typeof(HallEvent.CaseSettled))]
[JsonSerializable(typeof(HallEvent.ReceiptIssued))]
[JsonSerializable(typeof(HallEvent.ReceiptVoided))]
[JsonSerializable(typeof(HallEvent.ReceiptPrinting))]
[JsonSerializable(typeof(HallEvent.CashCounted))]
[JsonSerializable(typeof(HallEvent.CardTotalsTaken))]
[JsonSerializable(typeof(HallEvent.BillerStated))]
[JsonSerializable(typeof(HallEvent.CashDeposited))]
[JsonSerializable(typeof(HallEvent.PeriodClosed))]
[JsonSerializable(typeof(HallEvent.LedgerCorrected))]
[JsonSerializable(typeof(HallEvent.SurgeGroupCalledIn))]
[JsonSerializable(typeof(HallEvent.SurgeGroupReleased))]
[JsonSerializable(typeof(HallEvent.SurgeOvertimeAdvised))]
[JsonSerializable(typeof(HallEvent.SurgeOvertimeEnded))]
internal sealed partial class EventShapes : JsonSerializerContext;
