using System.Text;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>Opens an acceptor: finds out that it is one, and reads its table of values.</summary>
internal static class CcTalkOpening
{
    private const string Notes = "Bill Validator", Coins = "Coin Acceptor";

    /// <exception cref="DeviceLostException">It cannot be opened now, or is something else.</exception>
    public static async Task<ICashAcceptor> OpenAsync(DeviceSettings settings, IEmulator? emulator, bool notes, DriverServices services, CancellationToken cancel)
    {
        var options = CcTalkOptions.Of(settings, notes);
        var address = emulator is CashEmulator till ? till.Address
            : ByteLinkAddress.TryParse(settings.Link, out var parsed, out var message) ? parsed : throw new ArgumentException(message, nameof(settings));
        return await OpenAsync(await address.OpenAsync(services.Time, cancel), options, services.Time);
    }

    /// <param name="link">The acceptor's, or disposed of where it cannot be opened.</param>
    public static async Task<ICashAcceptor> OpenAsync(ByteLink link, CcTalkOptions options, TimeProvider time)
    {
        var talk = new CcTalkTalk(link, options, time);
        try
        {
            await RecogniseAsync(talk, options);
            var condition = new CcTalkCondition(hasBox: options.Notes, link.Remark, time);
            var channels = await ChannelsAsync(talk, options);
            await CcTalkAcceptor.CheckAsync(talk, condition);
            return new CcTalkAcceptor(talk, options, channels, condition, time);
        }
        catch
        {
            await talk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Coins and notes have other headers for the same things: a wrong address must not be found out with money.</summary>
    private static async Task RecogniseAsync(CcTalkTalk talk, CcTalkOptions options)
    {
        var category = Encoding.ASCII.GetString((await talk.AskAsync(CcTalkProtocol.RequestCategory)).Data);
        var (wanted, other) = options.Notes ? (Notes, Coins) : (Coins, Notes);
        if (category == other) throw new DeviceLostException(DeviceFault.NotUnderstood, $"{talk.Address}: address {options.Address} is a \"{category}\", not a \"{wanted}\"");
    }

    private static async Task<List<CashChannel>> ChannelsAsync(CcTalkTalk talk, CcTalkOptions options)
    {
        if (options.Channels.Count > 0) return [.. options.Channels.OrderBy(pair => pair.Key).Select(pair => new CashChannel(pair.Key, pair.Value, options.Currency))];

        var scaling = options.Notes ? await ScalingAsync(talk, options) : default;
        var channels = new List<CashChannel>();
        for (var channel = 1; channel <= CcTalkProtocol.Types; channel++)
        {
            var id = (await talk.AskAsync(options.Notes ? CcTalkProtocol.RequestBillId : CcTalkProtocol.RequestCoinId, (byte)channel)).Data;
            var minor = options.Notes ? CcTalkIds.Note(id, options.Country, scaling, options.Decimals) : CcTalkIds.Coin(id, options.Country);
            if (minor is { } value) channels.Add(new(channel, value, options.Currency));
        }

        return channels is not [] ? channels
            : throw new DeviceLostException(DeviceFault.NotUnderstood, $"{talk.Address}: no channel of the device is of country \"{options.Country}\"; set \"country\" or \"channels\"");
    }

    private static async Task<(int Factor, int Decimals)> ScalingAsync(CcTalkTalk talk, CcTalkOptions options) =>
        (await talk.AskAsync(CcTalkProtocol.RequestCountryScalingFactor, [.. Encoding.ASCII.GetBytes(options.Country)])).Of(3) is [var low, var high, var decimals]
        && (low | high) != 0
            ? (low | (high << 8), decimals)
            : throw new DeviceLostException(DeviceFault.NotUnderstood, $"{talk.Address}: the device has no scaling factor for country \"{options.Country}\"; set \"country\" or \"channels\"");
}
