using System.Buffers.Binary;
using Piccolo.Ndn;

namespace Piccolo.Rice.Messages;

/// <summary>Names one run of one server, or one call: 16 octets drawn at random.</summary>
/// <remarks>
/// A server draws a run id when it starts and writes it into everything it signs; an opaque call names the run it is meant for, so
/// neither another server nor the same one after a restart ever runs it.
/// Wire: 16 octets, the two halves in network order.
/// </remarks>
/// <param name="High">The first eight octets.</param>
/// <param name="Low">The last eight octets.</param>
public readonly record struct RunId(ulong High, ulong Low)
{
    /// <summary>Octets on the wire.</summary>
    public const int Octets = 16;

    /// <summary>Draws an id.</summary>
    public static RunId Draw(IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new RunId(random.NextUInt64(), random.NextUInt64());
    }

    /// <summary>Reads 16 octets; anything else gives the all-zero id.</summary>
    public static RunId Read(ReadOnlySpan<byte> octets) => octets.Length == Octets
        ? new RunId(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]))
        : default;

    /// <summary>The 16 octets.</summary>
    public byte[] ToArray()
    {
        byte[] octets = new byte[Octets];
        Write(octets);
        return octets;
    }

    /// <summary>Writes the 16 octets.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
