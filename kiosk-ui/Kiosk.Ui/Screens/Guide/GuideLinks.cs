using Kiosk.Domain.Hall;

namespace Kiosk.Ui.Screens.Guide;

/// <summary>Addresses of the guide's screen: what is listed and which ticket is chosen stand in them, so that everything works without a script too.</summary>
public sealed record GuideLinks(string Language, ServiceId? Only, TicketId? Chosen)
{
    public string Press => "/guide/press" + Query(Only, Chosen);

    public string List(ServiceId? only) => "/guide" + Query(only, Chosen);

    public string Choose(TicketId? ticket) => "/guide" + Query(Only, ticket);

    private string Query(ServiceId? only, TicketId? ticket) =>
        $"?lang={Language}" + (only is { } service ? $"&service={service}" : "") + (ticket is { } id ? $"&ticket={id}" : "");
}
