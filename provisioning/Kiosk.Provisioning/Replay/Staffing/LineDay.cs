namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary>A customer of a log. Times in seconds from midnight, spans in seconds.</summary>
/// <param name="Patience">After so long in line they left; null: they were called, or nothing more is known.</param>
/// <param name="Service">From call to finish; null: the log does not say.</param>
internal sealed record Visit(double At, double? Patience, double? Service);

/// <summary>A day of one line as the log has it.</summary>
/// <param name="Visits">In order of arrival.</param>
/// <param name="From">When the first counter was open.</param>
/// <param name="Until">When the last customer came.</param>
/// <param name="Open">Open counters, on average over that time.</param>
/// <param name="MeanBefore">Mean service time as learned from the rows before this day, in seconds.</param>
/// <param name="Waits">Of those who were called, in seconds.</param>
internal sealed record LineDay(DateOnly Day, IReadOnlyList<Visit> Visits, double From, double Until, double Open, double MeanBefore, IReadOnlyList<double> Waits);

/// <param name="Service">Empty: the whole hall is one line.</param>
/// <param name="Mean">Service time as learned from the whole log, in seconds: stands in where the log does not have a customer's own.</param>
internal sealed record LineLog(string Hall, string Service, IReadOnlyList<LineDay> Days, double Mean);
