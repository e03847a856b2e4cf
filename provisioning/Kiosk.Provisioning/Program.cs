namespace Kiosk.Provisioning;

internal static class Program
{
    private static Task<int> Main(string[] args) => Kioskctl.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None);
}
