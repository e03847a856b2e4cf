using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Kiosk.Firmware.Tests")]
