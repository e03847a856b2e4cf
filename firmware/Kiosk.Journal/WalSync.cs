using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kiosk.Journal;

/// <summary>
/// SQLite's own file layer, with one call changed: the write-ahead log is made durable by fdatasync(2). The library to be had is built with fsync(2), which also writes the file's time
/// stamp, and with it a transaction of the file system: three blocks more for each commit. And the log's blocks are there and written before they are needed, so that a commit need not
/// make the file longer (after personal data were erased, which cuts the log off, it grows again until the next start). Durable is the same: fdatasync writes everything that is needed to read the data again. Interface: https://sqlite.org/c3ref/vfs.html, c3ref/io_methods.html.
/// </summary>
internal static unsafe partial class WalSync
{
    private const string Name = "kiosk-wal";
    private const int Known = 3, Ok = 0, OpenWal = 0x0008_0000, SyncFailed = 1034; // SQLITE_OPEN_WAL, SQLITE_IOERR_FSYNC

    private static readonly ConcurrentDictionary<nint, Log> Logs = new();
    private static readonly Layer* Own, Plain;
    private static Methods* _methods;
    private static Methods* _plainMethods;

    static WalSync()
    {
        Plain = Find(null);
        if (Plain is null || Plain->Version != Known) throw new InvalidOperationException("SQLite has no file layer that is known here.");
        Own = (Layer*)NativeMemory.Alloc((nuint)sizeof(Layer));
        *Own = *Plain;
        Own->Next = null;
        Own->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        Own->Open = (nint)(delegate* unmanaged[Cdecl]<Layer*, byte*, nint*, int, int*, int>)&Open;
        if (Register(Own, makeDefault: 0) != Ok) throw new InvalidOperationException("SQLite takes no other file layer.");
    }

    /// <summary>Name of the file layer, for the connection.</summary>
    public static string Layered
    {
        get
        {
            RuntimeHelpers.RunClassConstructor(typeof(WalSync).TypeHandle);
            return Name;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Layer* layer, byte* path, nint* file, int flags, int* outFlags)
    {
        var result = ((delegate* unmanaged[Cdecl]<Layer*, byte*, nint*, int, int*, int>)Plain->Open)(layer, path, file, flags, outFlags);
        if (result != Ok || (flags & OpenWal) == 0 || ((Methods*)*file)->Version != Known) return result;
        try
        {
            Logs[(nint)file] = new(Marshal.PtrToStringUTF8((nint)path)!);
            *file = (nint)Changed((Methods*)*file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The log is as SQLite itself would have it: slower, and as durable.
        }

        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint* file, int flags)
    {
        // The first one is SQLite's: it makes the new file's name durable as well.
        if (Logs.TryGetValue((nint)file, out var log) && log.Named) return Fdatasync(log.File) == 0 ? Ok : SyncFailed;
        var result = ((delegate* unmanaged[Cdecl]<nint*, int, int>)_plainMethods->Sync)(file, flags);
        if (log is not null) log.Named = result == Ok;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint* file)
    {
        var result = ((delegate* unmanaged[Cdecl]<nint*, int>)_plainMethods->Close)(file);
        if (Logs.TryRemove((nint)file, out var log)) log.File.Dispose();
        return result;
    }

    private static Methods* Changed(Methods* methods)
    {
        // All logs of this file layer have the same methods.
        lock (Logs)
        {
            if (_methods is not null) return _methods;
            var changed = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
            *changed = *methods;
            (changed->Close, changed->Sync) = ((nint)(delegate* unmanaged[Cdecl]<nint*, int>)&Close, (nint)(delegate* unmanaged[Cdecl]<nint*, int, int>)&Sync);
            _plainMethods = methods;
            _methods = changed;
            return changed;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial Layer* Find(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(Layer* layer, int makeDefault);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle file);

    /// <summary>A log that is open, with a descriptor of ours: which one makes a file durable does not matter.</summary>
    private sealed class Log
    {
        /// <summary>As much as SQLite writes between two checkpoints (1,000 pages of 1 KiB and their heads), and some more.</summary>
        private const int Bytes = 1_152 << 10;

        public Log(string path)
        {
            File = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(File) == 0) Fill();
        }

        public SafeFileHandle File { get; }

        /// <summary>SQLite's own sync has been there once: the name of the file is durable.</summary>
        public bool Named { get; set; }

        // Zeros are no log: SQLite finds its mark missing and begins at the front. On a full disk it grows as it must.
        private void Fill()
        {
            try
            {
                RandomAccess.Write(File, new byte[Bytes], 0);
            }
            catch (IOException)
            {
                RandomAccess.SetLength(File, 0);
            }
        }
    }

    /// <summary>sqlite3_vfs, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Layer
    {
        public int Version, FileSize, LongestPath;
        public Layer* Next;
        public byte* Name;
        public nint Data, Open;
        public Others15 Others;
    }

    /// <summary>sqlite3_io_methods, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public nint Close, Read, Write, Truncate, Sync;
        public Others13 Others;
    }

    [InlineArray(15)]
    private struct Others15
    {
        private nint _first;
    }

    [InlineArray(13)]
    private struct Others13
    {
        private nint _first;
    }
}
