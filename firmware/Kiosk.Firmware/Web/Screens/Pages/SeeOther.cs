namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>After a form: the browser fetches the page again, and a reload does not send the form twice.</summary>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
