namespace Kiosk.Mqtt;

/// <summary>What a store may ask of a hall; their arguments stand in <c>firmware/docs/mqtt.md</c>.</summary>
public static class StoreActions
{
    public const string
        IssueTicket = "issue-ticket",
        CallNext = "call-next",
        CallTicket = "call-ticket",
        OpenCounter = "open-counter",
        PauseCounter = "pause-counter",
        ResumeCounter = "resume-counter",
        CloseCounter = "close-counter",
        ShowMessage = "show-message",
        SetPromotion = "set-promotion",
        WithdrawNotice = "withdraw-notice",
        Report = "report",
        RestartDevice = "restart-device",
        ReloadProfile = "reload-profile";

    public static IReadOnlyList<string> All { get; } =
    [
        IssueTicket, CallNext, CallTicket, OpenCounter, PauseCounter, ResumeCounter, CloseCounter,
        ShowMessage, SetPromotion, WithdrawNotice, Report, RestartDevice, ReloadProfile,
    ];
}
