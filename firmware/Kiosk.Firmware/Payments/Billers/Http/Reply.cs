using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>What came back from a biller, or why nothing did.</summary>
internal abstract record Reply
{
    private Reply() { }

    /// <param name="MediaType">Without parameters, lower case; empty where the biller says none.</param>
    public sealed record Answered(int Status, string MediaType, byte[] Body) : Reply
    {
        public bool Fine => Status is >= 200 and < 300 && MediaType == "application/json";

        /// <summary>Null: it is not what was agreed. What it is instead is never told: an account could stand in it.</summary>
        public T? As<T>(JsonTypeInfo<T> shape) where T : class
        {
            try
            {
                return JsonSerializer.Deserialize(Body, shape);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        public ProblemReply? Problem => Status is >= 400 and < 500 && MediaType == "application/problem+json" ? As(BillerWire.Wire.ProblemReply) : null;

        public override string ToString() => $"status {Status}";
    }

    /// <param name="Why">For the technician; no account, token or secret in it.</param>
    public sealed record None(string Why) : Reply;
}
