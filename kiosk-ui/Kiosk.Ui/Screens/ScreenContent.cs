using System.Collections.Immutable;

namespace Kiosk.Ui.Screens;

/// <summary>One screen as it is to be shown now.</summary>
/// <param name="Title">Of the page.</param>
/// <param name="Language">Of the page: its <c>lang</c>.</param>
/// <param name="Classes">Of the root element: <c>kiosk large contrast</c>.</param>
/// <param name="Live">Address of its stream of updates, or null for a page that never changes.</param>
/// <param name="Component">The component, and what it gets.</param>
/// <param name="AwayLanguages">Languages in which a lost connection is told.</param>
public sealed record ScreenContent(
    string Title,
    string Language,
    string Classes,
    string? Live,
    ImmutableArray<string> AwayLanguages,
    Type Component,
    IReadOnlyDictionary<string, object?> Parameters);
