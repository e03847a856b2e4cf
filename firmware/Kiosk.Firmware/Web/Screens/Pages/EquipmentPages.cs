using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Web.Api;
using Kiosk.Ui.Screens.Manager;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/manager/equipment</c>: the register, fault reports, what was mended.</summary>
internal sealed class EquipmentPages(BookKeeper books, IDeviceDirectory devices, StaffPress press, StaffPages pages, TimeProvider time)
{
    private const string Address = "/manager/equipment";
    private const int FaultsShown = 100;

    public Task<IResult> ShowAsync(HttpContext http)
    {
        var (register, now) = (books.Current.Equipment, time.GetUtcNow());
        return pages.ShowAsync(http, "nav.equipment", typeof(EquipmentPage), new()
        {
            ["Lines"] = EquipmentLine.Of(register, devices.Devices, now, pages.Profile.TimeZone),
            ["History"] = register.Since(now - EquipmentLine.Month).OrderByDescending(fault => fault.Open).ThenByDescending(fault => fault.From).Take(FaultsShown).ToList(),
        });
    }

    public async Task<IResult> ReportAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel, PressForm.LongText) is not { } form) return Results.BadRequest();
        try
        {
            var fact = new HallEvent.FaultReported(BookCodes.Draw(), BookTexts.Text("equipment", form.Field("equipment"), BookTexts.NameLimit), BookTexts.Text("what", form.Field("what")));
            return Answer(http, await press.WriteAsync(http, StaffPress.RequestId(form, "fault"), fact, cancel) ?? "done.reported");
        }
        catch (BadInputException)
        {
            return Answer(http, StaffPress.BadInput);
        }
    }

    public async Task<IResult> MendAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel, PressForm.LongText) is not { } form) return Results.BadRequest();
        try
        {
            var (id, what) = (form.Field("fault") ?? "", BookTexts.Text("what", form.Field("what")));
            if (books.Current.Equipment.Find(id) is not { Open: true }) return Answer(http, "trouble.changed");

            return Answer(http, await press.WriteAsync(http, $"mend-{id}", new HallEvent.FaultMended(id, what), cancel) ?? "done.mended");
        }
        catch (BadInputException)
        {
            return Answer(http, StaffPress.BadInput);
        }
    }

    private IResult Answer(HttpContext http, string said) => StaffPress.Answer(http, pages.T(http), Address, said);
}
