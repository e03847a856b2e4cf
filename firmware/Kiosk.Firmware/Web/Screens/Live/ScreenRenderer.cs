using Kiosk.Ui.Parts;
using Kiosk.Ui.Screens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>Turns components into HTML. A renderer lives for one use: it keeps every component it rendered.</summary>
internal sealed class ScreenRenderer(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    public Task<string> PageAsync(ScreenContent content) =>
        RenderAsync(typeof(Page), new Dictionary<string, object?> { [nameof(Page.Content)] = content });

    public async Task<Frame> FrameAsync(ScreenContent content) =>
        new(content.Language, content.Classes, content.Title, Part.Cut(await RenderAsync(content.Component, content.Parameters)));

    private async Task<string> RenderAsync(Type component, IReadOnlyDictionary<string, object?> parameters)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var given = parameters.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value);
            return (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(given))).ToHtmlString();
        });
    }
}

/// <summary>A rendered screen.</summary>
/// <param name="Parts">Id of a part → its HTML.</param>
internal sealed record Frame(string Language, string Classes, string Title, IReadOnlyDictionary<string, string> Parts);
