using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Piccolo.Ndn.Buffers;
using static Piccolo.Drivers.Linux.NativeSockets;

namespace Piccolo.Drivers.Linux;

/// <summary>Takes waiting datagrams from a socket, each into a frame of its own, with one system call.</summary>
/// <remarks>
/// One thread uses it. Nothing is allocated after the pool has made its frames.
/// Owns: a frame for each datagram of the next batch, until <see cref="Take"/> hands it over or <see cref="Dispose"/> gives it back.
/// Bound: the batch size it was made with.
/// Source: recvmmsg(2).
/// </remarks>
public sealed unsafe class DatagramReceiver : IDisposable
{
    private const int AddressOctetsMax = 32;

    private readonly FramePool _pool;
    private readonly FrameLease?[] _frames;
    private readonly int _addressOctets;
    private MessageHeader* _headers;
    private int _usedSlots;

    /// <summary>Makes a receiver; frames are rented when they are needed.</summary>
    /// <param name="pool">Where frames come from.</param>
    /// <param name="batchSize">How many datagrams one call takes at most; up to <see cref="DatagramBatches.SizeMax"/>.</param>
    /// <param name="addressOctets">Octets of the socket's addresses: 16 for IPv4, 28 for IPv6.</param>
    public DatagramReceiver(FramePool pool, int batchSize, int addressOctets)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)batchSize, (uint)DatagramBatches.SizeMax, nameof(batchSize));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)addressOctets, (uint)AddressOctetsMax, nameof(addressOctets));
        _pool = pool;
        _addressOctets = addressOctets;
        _frames = new FrameLease?[batchSize];
        int slotOctets = sizeof(MessageHeader) + sizeof(IoVector) + AddressOctetsMax;
        _headers = (MessageHeader*)NativeMemory.AllocZeroed((nuint)batchSize, (nuint)slotOctets);
        var buffers = (IoVector*)(_headers + batchSize);
        byte* addresses = (byte*)(buffers + batchSize);
        for (int index = 0; index < batchSize; index++)
        {
            _headers[index].Address = addresses + (index * AddressOctetsMax);
            _headers[index].Buffers = buffers + index;
            _headers[index].BufferCount = 1;
        }
    }

    /// <summary>Takes what waits, without blocking; what the call before received and nobody took is overwritten.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="error">Why nothing was received: WouldBlock when nothing waits.</param>
    /// <returns>How many datagrams; the slots from 0 on hold them.</returns>
    public int Receive(SafeHandle socket, out SocketError error)
    {
        ObjectDisposedException.ThrowIf(_headers is null, this);
        int capacity = Prepare();
        int received = ReceiveMany(socket, _headers, (uint)capacity, DoNotWait, null);
        error = received >= 0 ? SocketError.Success : DatagramBatches.ToSocketError(Marshal.GetLastPInvokeError());
        _usedSlots = Math.Max(received, 0);
        return _usedSlots;
    }

    /// <summary>The datagram in a slot; it stays there.</summary>
    public ReadOnlySpan<byte> Datagram(int slot)
    {
        CheckSlot(slot);
        return _frames[slot]!.Buffer.Span[..(int)_headers[slot].Length];
    }

    /// <summary>Who sent the datagram in a slot, as the system writes addresses.</summary>
    public ReadOnlySpan<byte> Address(int slot)
    {
        CheckSlot(slot);
        return new ReadOnlySpan<byte>(_headers[slot].Address, (int)Math.Min(_headers[slot].AddressLength, AddressOctetsMax));
    }

    /// <summary>Takes the frame out of a slot, with its length set; the caller owns it.</summary>
    public FrameLease Take(int slot)
    {
        CheckSlot(slot);
        FrameLease frame = _frames[slot]!;
        _frames[slot] = null;
        frame.Length = (int)_headers[slot].Length;
        return frame;
    }

    /// <summary>Gives the frames back.</summary>
    public void Dispose()
    {
        for (int index = 0; index < _frames.Length; index++)
        {
            _frames[index]?.Dispose();
            _frames[index] = null;
        }

        NativeMemory.Free(_headers);
        _headers = null;
    }

    /// <summary>Gives each slot a frame and room for an address.</summary>
    /// <remarks>
    /// A quiet socket holds one frame, not a whole batch of them: how many are offered follows the batch before.
    /// Invariant of the pointer: the frames of a pool are pinned arrays, and the lease is held here while the call runs.
    /// </remarks>
    private int Prepare()
    {
        int capacity = Math.Clamp(_usedSlots * 4, 4, _frames.Length);
        for (int index = 0; index < capacity; index++)
        {
            ref MessageHeader header = ref _headers[index];
            header.AddressLength = (uint)_addressOctets;
            if (_frames[index] is null)
            {
                FrameLease frame = _pool.Rent();
                _frames[index] = frame;
                Span<byte> octets = frame.Buffer.Span;
                header.Buffers->Start = Unsafe.AsPointer(ref MemoryMarshal.GetReference(octets));
                header.Buffers->Length = (nuint)octets.Length;
            }
        }

        return capacity;
    }

    private void CheckSlot(int slot) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)slot, (uint)_usedSlots, nameof(slot));
}
