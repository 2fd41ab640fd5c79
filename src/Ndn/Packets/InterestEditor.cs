using System.Buffers.Binary;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>Changes Nonce, HopLimit and ForwardingHint of an Interest and keeps all other octets as they are.</summary>
/// <remarks>
/// The parameters digest covers none of the three, so it stays right. Offsets of the view hold for the original only; an
/// edited copy is decoded again by whoever needs a view on it. Never allocates.
/// </remarks>
public static class InterestEditor
{
    /// <summary>How many octets an edited copy may be longer than the original.</summary>
    /// <remarks>A Nonce element, and an outer LENGTH that grows from one octet to three.</remarks>
    public const int GrowthOctetsMax = NonceElementOctets + 2;

    private const int NonceElementOctets = 6;

    /// <summary>Octets of the edited copy; over <see cref="PacketLimits.MaxPacketOctets"/> it must not be sent.</summary>
    public static int SizeOf(in InterestView interest, in InterestEdit edit) =>
        TlvWriter.SizeOfElement(TlvType.Interest, ValueLength(interest, edit));

    /// <summary>Copies an Interest with changes.</summary>
    /// <param name="interest">The original.</param>
    /// <param name="edit">What to change.</param>
    /// <param name="destination">At least <see cref="SizeOf"/> octets; must not overlap the original.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short.</exception>
    public static int Copy(in InterestView interest, in InterestEdit edit, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, SizeOf(interest, edit), nameof(destination));
        ReadOnlySpan<byte> packet = interest.Packet;
        TlvWriter writer = new(destination);
        writer.WriteHeader(TlvType.Interest, ValueLength(interest, edit));

        int from = interest.ValueOffset;
        if (edit.RemovesForwardingHint && interest.ForwardingHintLength > 0)
        {
            writer.WriteRaw(packet[from..interest.ForwardingHintOffset]);
            from = interest.ForwardingHintOffset + interest.ForwardingHintLength;
        }

        if (edit.Nonce is { } nonce)
        {
            int nonceAt = interest.HasNonce ? interest.NonceOffset : interest.NonceInsertOffset;
            writer.WriteRaw(packet[from..nonceAt]);
            if (!interest.HasNonce)
            {
                writer.WriteHeader(TlvType.Nonce, 4);
            }

            BinaryPrimitives.WriteUInt32BigEndian(destination[writer.Position..], nonce);
            writer.WriteRaw(destination.Slice(writer.Position, 4));
            from = interest.HasNonce ? nonceAt + 4 : nonceAt;
        }

        if (edit.HopLimit is { } hopLimit && interest.HasHopLimit)
        {
            writer.WriteRaw(packet[from..interest.HopLimitOffset]);
            destination[writer.Position] = hopLimit;
            writer.WriteRaw(destination.Slice(writer.Position, 1));
            from = interest.HopLimitOffset + 1;
        }

        writer.WriteRaw(packet[from..]);
        return writer.Position;
    }

    /// <summary>Copies an Interest with a Nonce, in place of one that is there.</summary>
    /// <inheritdoc cref="Copy" path="/returns"/>
    public static int CopyWithNonce(in InterestView interest, uint nonce, Span<byte> destination) =>
        Copy(interest, new InterestEdit { Nonce = nonce }, destination);

    /// <summary>Copies an Interest with another HopLimit; one that carries none is copied as it is.</summary>
    /// <inheritdoc cref="Copy" path="/returns"/>
    public static int CopyWithHopLimit(in InterestView interest, byte hopLimit, Span<byte> destination) =>
        Copy(interest, new InterestEdit { HopLimit = hopLimit }, destination);

    /// <summary>Copies an Interest without its ForwardingHint, as it is sent on inside the region the hint led to.</summary>
    /// <inheritdoc cref="Copy" path="/returns"/>
    public static int CopyWithoutForwardingHint(in InterestView interest, Span<byte> destination) =>
        Copy(interest, new InterestEdit { RemovesForwardingHint = true }, destination);

    private static int ValueLength(in InterestView interest, in InterestEdit edit)
    {
        int length = interest.Packet.Length - interest.ValueOffset;
        if (edit.RemovesForwardingHint)
        {
            length -= interest.ForwardingHintLength;
        }

        return edit.Nonce is not null && !interest.HasNonce ? length + NonceElementOctets : length;
    }
}
