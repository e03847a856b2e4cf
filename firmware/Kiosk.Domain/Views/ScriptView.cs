namespace Kiosk.Domain.Views;

public enum ScriptState
{
    Running,

    /// <summary>Every step was done.</summary>
    Done,

    /// <summary>By a person, by another script, or because the host stops. The device stays as the last step left it.</summary>
    Stopped,

    /// <summary>A step was refused.</summary>
    Failed,
}

/// <summary>Something that is done to an emulated device step by step, as far as it has come.</summary>
/// <param name="Name">Of a ready script, or null.</param>
/// <param name="Step">The next step, from 1; of a script that is over, the last one.</param>
/// <param name="Control">What that step does.</param>
/// <param name="NextAt">When it is done; null of a script that is over.</param>
/// <param name="Trouble">Of a failed script: which step was refused, and what is allowed.</param>
public sealed record ScriptView(
    string Device, string? Name, ScriptState State, int Step, int Steps, int Round, int Repeat, string Control, DateTimeOffset StartedAt, DateTimeOffset? NextAt, string? Trouble);
