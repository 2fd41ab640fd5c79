using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Piccolo.Ndn.Buffers;
using static Piccolo.Drivers.Linux.NativeSockets;

namespace Piccolo.Drivers.Linux;

/// <summary>Sends frames to one address with one system call.</summary>
/// <remarks>Thread-safe: everything is on the caller's stack. Allocates nothing. Source: sendmmsg(2).</remarks>
public static unsafe class DatagramSender
{
    /// <summary>Sends as many frames as the socket takes without waiting.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="frames">Each a datagram; they stay the caller's. At most <see cref="DatagramBatches.SizeMax"/> are sent.</param>
    /// <param name="address">Where to, as the system writes addresses; empty for a connected socket.</param>
    /// <param name="error">Why the first of them was not sent.</param>
    /// <returns>How many were sent, from the first on; 0 with an error.</returns>
    public static int Send(SafeHandle socket, ReadOnlySpan<FrameLease> frames, ReadOnlySpan<byte> address, out SocketError error)
    {
        int count = Math.Min(frames.Length, DatagramBatches.SizeMax);
        MessageHeader* headers = stackalloc MessageHeader[count];
        IoVector* buffers = stackalloc IoVector[count];
        fixed (byte* to = address)
        {
            for (int index = 0; index < count; index++)
            {
                // The frames of a pool are pinned arrays, and the caller holds the lease while the call runs.
                Span<byte> octets = frames[index].Span;
                buffers[index].Start = Unsafe.AsPointer(ref MemoryMarshal.GetReference(octets));
                buffers[index].Length = (nuint)octets.Length;
                headers[index].Address = to;
                headers[index].AddressLength = (uint)address.Length;
                headers[index].Buffers = buffers + index;
                headers[index].BufferCount = 1;
            }

            int sent = SendMany(socket, headers, (uint)count, DoNotWait);
            error = sent >= 0 ? SocketError.Success : DatagramBatches.ToSocketError(Marshal.GetLastPInvokeError());
            return Math.Max(sent, 0);
        }
    }
}
