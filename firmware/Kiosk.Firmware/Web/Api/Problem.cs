using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Why a request was not done (RFC 9457 with a machine-readable reason).</summary>
/// <param name="Reason">Kebab case: <c>nobody-waiting</c>, <c>bad-input</c>, <c>disk-full</c>.</param>
/// <param name="Message">A sentence that says what to do where something can be done.</param>
/// <param name="Field">What in the request is wrong, for <c>bad-input</c>.</param>
/// <param name="Allowed">What would be right, where it can be listed.</param>
public sealed record Problem(int Status, string Title, string Reason, string Message, string? Field = null, IReadOnlyList<string>? Allowed = null)
{
    public static IResult Rejected(Rejection rejection) => rejection switch
    {
        Rejection.UnknownCounter or Rejection.UnknownTicket => Result(new(StatusCodes.Status404NotFound, "Not found", rejection.Code(), rejection.Sentence())),
        _ => Result(new(StatusCodes.Status409Conflict, "The hall says no", rejection.Code(), rejection.Sentence())),
    };

    public static IResult NotFound(string reason, string message) => Result(new(StatusCodes.Status404NotFound, "Not found", reason, message));

    public static IResult Conflict(string reason, string message) => Result(new(StatusCodes.Status409Conflict, "The hall says no", reason, message));

    public static IResult Forbidden(string reason, string message) => Result(new(StatusCodes.Status403Forbidden, "Not allowed", reason, message));

    public static IResult Unauthorized(string reason, string message) => Result(new(StatusCodes.Status401Unauthorized, "Not signed in", reason, message));

    public static IResult Locked(string message) => Result(new(StatusCodes.Status423Locked, "Locked", "locked", message));

    public static IResult Throttled(string message) => Result(new(StatusCodes.Status429TooManyRequests, "Too many attempts", "throttled", message));

    public static IResult BadInput(string field, string message, IReadOnlyList<string>? allowed = null) =>
        Result(new(StatusCodes.Status400BadRequest, "Bad input", "bad-input", message, field, allowed));

    public static IResult KeyReused() => Result(new(
        StatusCodes.Status422UnprocessableEntity, "Idempotency-Key used before", "idempotency-key-reused",
        "This Idempotency-Key was used for a different request: use a new key for each request.", "Idempotency-Key"));

    public static IResult Unavailable(string reason, string message) =>
        Result(new(StatusCodes.Status503ServiceUnavailable, "Try again", reason, message));

    private static ProblemResult Result(Problem problem) => new(problem);

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = problem.Status;
            if (problem.Status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "1";
            return httpContext.Response.WriteAsJsonAsync(problem, ApiJson.Wire.Problem, "application/problem+json", httpContext.RequestAborted);
        }
    }
}

/// <summary>Something in a request is wrong; becomes <see cref="Problem.BadInput"/> at the edge.</summary>
internal sealed class BadInputException(string field, string message, IReadOnlyList<string>? allowed = null) : Exception(message)
{
    public string Field { get; } = field;

    public IReadOnlyList<string>? Allowed { get; } = allowed;
}
