using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>
/// Passwords and certificates are changed while the hall works: when a file of ours is another one, and whole, the client connects anew with it.
/// Publishing goes on behind its cursor, so nothing is lost by it. What a person should see to is said in <see cref="MqttStatus"/>.
/// </summary>
/// <param name="renew">Connects anew.</param>
internal sealed partial class CredentialWatch(MqttSettings settings, MqttStatus status, Action renew, TimeProvider time, ILogger<CredentialWatch> log) : BackgroundService
{
    /// <summary>Between two looks at the files.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    /// <summary>Files that cannot be used for this long are not just being written.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a certificate is still valid is looked at this often, and at each connect.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private const string Part = "certificate";

    private readonly CertificateFiles _files = new(settings.Tls?.CertFile, settings.Tls?.KeyFile, settings.Tls?.CaFile);
    private FileStamps _used = FileStamps.Of(settings.Tls?.CertFile, settings.Tls?.KeyFile, settings.Tls?.CaFile, settings.PasswordFile);
    private DateTimeOffset? _unusableSince, _worried;
    private MqttState? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            LookOnce();
            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal void LookOnce()
    {
        var (now, stamps) = (time.GetUtcNow(), FileStamps.Of(_files.CertFile, _files.KeyFile, _files.CaFile, settings.PasswordFile));
        if (!stamps.Equals(_used))
        {
            if (Unusable() is { } why)
            {
                _unusableSince ??= now;
                if (now - _unusableSince >= Patience) Say($"{why} The hall goes on with what it had.");
                return;
            }

            (_used, _worried) = (stamps, null);
            LogRenewed();
            renew();
        }

        _unusableSince = null;
        if (status.State == _seen && now - _worried < Day) return;
        (_seen, _worried) = (status.State, now);
        Say(Worry(now));
    }

    private string? Unusable()
    {
        if (_files.Unusable() is { } unfit) return unfit;
        try
        {
            return settings.Password().Length == 0 && settings.PasswordFile is not null ? $"The first line of the password file {settings.PasswordFile} is empty." : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return failed.Message;
        }
    }

    private string? Worry(DateTimeOffset now)
    {
        if (_files.Worry(now, settings.Zone) is { } worry) return worry;
        return settings.PasswordFile is { } file && CertificateFiles.OpenToOthers(file) ? $"The password file {file} can be read or changed by others than its owner: chmod 600 {file}." : null;
    }

    private void Say(string? trouble)
    {
        if (status.Says(Part) == trouble) return;
        if (trouble is not null) LogTrouble(trouble);
        status.Say(Part, trouble, ReportingFault.Credentials);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Password or certificate files have changed: connecting to the broker anew")]
    private partial void LogRenewed();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Trouble}")]
    private partial void LogTrouble(string trouble);
}
