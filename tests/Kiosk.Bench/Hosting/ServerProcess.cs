using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Hosting;

/// <summary>A web server on loopback in a process of its own, from its start until it is killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Remembered = 40;

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60), Look = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;
    private readonly Queue<string> _said = new();
    private readonly long _begun;

    /// <param name="library">The program: a .dll beside which its runtimeconfig.json lies.</param>
    public ServerProcess(string library, int port, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (!File.Exists(library)) throw new NotHereException($"{Path.GetFullPath(library)} is missing: build the solution first.");

        Port = port;
        var start = new ProcessStartInfo("dotnet", [library, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        _begun = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int Id => _process.Id;

    public TimeSpan Cpu => ProcessCost.Cpu(Id);

    public static int AnyPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Asks until a page is answered whole.</summary>
    /// <returns>Time since the process was started.</returns>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time; with what it said.</exception>
    public async Task<TimeSpan> AnsweredAsync(byte[] request, CancellationToken cancel)
    {
        while (true)
        {
            if (TryAsk(request)) return Stopwatch.GetElapsedTime(_begun);
            if (_process.HasExited || Stopwatch.GetElapsedTime(_begun) > StartWithin) throw new InvalidOperationException("The server did not start:\n" + Said());
            await Task.Delay(Look, cancel);
        }
    }

    /// <exception cref="InvalidOperationException">It has ended; with what it said.</exception>
    public void Alive()
    {
        if (_process.HasExited) throw new InvalidOperationException("The server ended:\n" + Said());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // Nobody listens yet, or only to see whether the port is free: that is what is being waited for.
    private bool TryAsk(byte[] request)
    {
        try
        {
            using var line = new HttpLine(Port);
            return line.Ask(request).Status == 200;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            if (line.Data is not null) _said.Enqueue(line.Data);
            if (_said.Count > Remembered) _said.Dequeue();
        }
    }

    private string Said()
    {
        lock (_said) return string.Join('\n', _said);
    }
}
