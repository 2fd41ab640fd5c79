using System.Runtime.InteropServices;

namespace Piccolo.Drivers.Linux;

/// <summary>The system calls and their structures, as the C library of 64-bit Linux has them.</summary>
internal static unsafe partial class NativeSockets
{
    /// <summary>MSG_DONTWAIT.</summary>
    public const int DoNotWait = 0x40;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(SafeHandle socket, MessageHeader* headers, uint count, int flags, void* timeout);

    [LibraryImport(Library, EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMany(SafeHandle socket, MessageHeader* headers, uint count, int flags);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public void* Start;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: struct msghdr, whose size is 56, and the length of the datagram behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Address;
        public uint AddressLength;
        public IoVector* Buffers;
        public nuint BufferCount;
        public void* Control;
        public nuint ControlLength;
        public long Flags; // an int and its padding
        public uint Length;
    }
}
