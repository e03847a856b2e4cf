namespace Kiosk.Domain.Staff;

public enum StaffRole
{
    /// <summary>Serves customers at a counter.</summary>
    Clerk,

    /// <summary>Meets customers at the door: issues, moves and prioritises tickets.</summary>
    Guide,

    /// <summary>Duty manager: opens, checks and closes the hall.</summary>
    Duty,

    /// <summary>Hall manager: everything that is done with the hall, and its staff.</summary>
    Manager,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor,

    /// <summary>Looks after boards and devices.</summary>
    Technician,
}

/// <summary>What somebody may do. Each page and each request of staff needs one of them.</summary>
public enum Right
{
    /// <summary>The keys of a counter, and its screen.</summary>
    ServeCounter,

    /// <summary>Issue with priority, prioritise, move, cancel, put back.</summary>
    GuideCustomers,

    /// <summary>Waits, alarms and device faults: the guide's screen, and today on the manager's.</summary>
    SeeHall,

    /// <summary>Open, check and close the day.</summary>
    RunDay,

    /// <summary>Hand-over book, suggestion book, equipment register.</summary>
    KeepBooks,

    SeeReports,

    SeeAudit,

    /// <summary>Accounts, enrolled screens, erasing personal data.</summary>
    ManageStaff,

    /// <summary>How tickets and receipts look.</summary>
    DesignSlips,

    /// <summary>Test devices, report and mend faults.</summary>
    ServiceDevices,

    /// <summary>Have the host read the hall's profile anew.</summary>
    ChangeProfile,

    /// <summary>Settle cases, void and reprint receipts, collect and count cash, close a settlement period.</summary>
    SettleMoney,

    /// <summary>Payments, receipts, cases and settlements: reads only.</summary>
    SeeMoney,
}

public static class Rights
{
    /// <summary>Least privilege: who needs a right for their work has it, nobody else.</summary>
    public static bool May(this StaffRole role, Right right) => role switch
    {
        StaffRole.Clerk => right is Right.ServeCounter,
        StaffRole.Guide => right is Right.SeeHall or Right.GuideCustomers or Right.ServiceDevices,
        StaffRole.Duty => right is Right.ServeCounter or Right.SeeHall or Right.GuideCustomers or Right.RunDay or Right.KeepBooks or Right.ServiceDevices or Right.SettleMoney or Right.SeeMoney,
        StaffRole.Manager => true,
        StaffRole.Auditor => right is Right.SeeHall or Right.SeeReports or Right.SeeAudit or Right.SeeMoney,
        StaffRole.Technician => right is Right.SeeHall or Right.ServiceDevices or Right.ChangeProfile,
        _ => false,
    };
}

/// <summary>Who is signed in, as screens show it.</summary>
public sealed record SignedIn(string User, StaffRole Role);
