using System.IO.Pipelines;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>One browser that looks at a screen. Whoever has something for it says so from any thread; one of them writes, and who is slow skips what came in between.</summary>
internal sealed class Viewer(LiveScreen screen, PipeWriter wire, CancellationToken cancel)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously), _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _beat;
    private bool _sending, _again, _closed;
    private long _seen;

    public LiveScreen Screen { get; } = screen;

    /// <summary>Timestamp of the last beat; guarded by the lock of <see cref="LiveScreens"/>.</summary>
    public long LastBeat { get; set; }

    /// <summary>Ends when there is nothing more to show, and fails as writing failed.</summary>
    public Task Over => _over.Task;

    /// <summary>A beat is due, and whatever has changed.</summary>
    public void Tell(byte[] beat)
    {
        lock (_gate) _beat = beat;
        Tell();
    }

    /// <summary>The screen may have changed. Writes on the caller's thread as far as the connection takes it at once.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            _again = true;
            if (_closed || _sending) return;
            _sending = true;
        }

        // Not lost: it ends in Over or in the next look at what is to be sent, and CloseAsync waits for it.
        _ = SendAsync();
    }

    /// <summary>Nothing is written any more once this has ended.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            return _sending ? _rest.Task : Task.CompletedTask;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (Next(out var beat))
            {
                if (beat is not null) await wire.WriteAsync(beat, cancel);
                if (Screen.After(_seen) is not var (text, version, gone)) continue;

                await wire.WriteAsync(text, cancel);
                _seen = version;
                if (gone) _over.TrySetResult();
            }
        }
        catch (Exception failed)
        {
            // Goes to the request that serves this browser.
            _over.TrySetException(failed);
            lock (_gate) (_closed, _sending) = (true, false);
            _rest.TrySetResult();
        }
    }

    private bool Next(out byte[]? beat)
    {
        lock (_gate)
        {
            (beat, _beat) = (_beat, null);
            if (_again && !_closed)
            {
                _again = false;
                return true;
            }

            _sending = false;
            if (_closed) _rest.TrySetResult();
            return false;
        }
    }
}
