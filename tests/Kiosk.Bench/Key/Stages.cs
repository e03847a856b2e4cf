using System.Diagnostics;

namespace Kiosk.Bench.Key;

/// <summary>Timestamps along one press.</summary>
/// <param name="Edge">The line changed.</param>
/// <param name="Came">The driver and the keys' attendant have made a command of it.</param>
/// <param name="Decided">The engine has decided and asks the journal.</param>
/// <param name="Durable">The journal has it on the disk.</param>
/// <param name="Published">The engine tells those who show it.</param>
/// <param name="Shown">The driver has written the last digit.</param>
internal readonly record struct Stages(long Edge, long Came, long Decided, long Durable, long Published, long Shown)
{
    public static IReadOnlyList<(string Id, string Title, Func<Stages, double> Micros)> All { get; } =
    [
        ("edge-command", "key edge → command at the engine's door", one => Between(one.Edge, one.Came)),
        ("command-decided", "→ decided by the engine", one => Between(one.Came, one.Decided)),
        ("decided-durable", "→ durable in the journal", one => Between(one.Decided, one.Durable)),
        ("durable-published", "→ published", one => Between(one.Durable, one.Published)),
        ("published-shown", "→ last digit written to the panel", one => Between(one.Published, one.Shown)),
    ];

    /// <summary>Nothing else was written meanwhile: the stamps belong together.</summary>
    public bool Clean { get; init; } = true;

    public double Micros => Between(Edge, Shown);

    private static double Between(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMicroseconds;
}
