using System.Buffers.Binary;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder;

internal ref struct InterestView
{
    public ReadOnlySpan<byte> Packet;
    public NameView Name;
    public bool CanBePrefix;
    public bool MustBeFresh;
    public ReadOnlySpan<byte> ForwardingHint;
    public bool HasNonce;
    public uint Nonce;
    public int NonceOffset;
    public ulong LifetimeMs;
    public bool HasHopLimit;
    public byte HopLimit;
    public int HopLimitOffset;

    public static TlvStatus TryDecode(ReadOnlySpan<byte> packet, out InterestView view)
    {
        view = default;
        view.Packet = packet;
        view.LifetimeMs = 4000;
        view.HopLimitOffset = -1;
        TlvStatus status = TlvReader.TryReadOnly(packet, TlvType.Interest, out TlvElement outer);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        var reader = new TlvReader(outer.Value);
        while (!reader.IsAtEnd)
        {
            int start = outer.HeaderLength + reader.Position;
            status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            switch (element.Type)
            {
                case TlvType.Name:
                    status = NameView.TryCreate(element.Value, out view.Name);
                    if (status != TlvStatus.Ok)
                    {
                        return status;
                    }

                    break;
                case TlvType.CanBePrefix:
                    view.CanBePrefix = true;
                    break;
                case TlvType.MustBeFresh:
                    view.MustBeFresh = true;
                    break;
                case TlvType.ForwardingHint:
                    view.ForwardingHint = element.Value;
                    break;
                case TlvType.Nonce:
                    view.HasNonce = true;
                    view.NonceOffset = start + element.HeaderLength;
                    view.Nonce = BinaryPrimitives.ReadUInt32BigEndian(element.Value);
                    break;
                case TlvType.InterestLifetime:
                    NonNegativeInteger.TryRead(element.Value, out view.LifetimeMs);
                    break;
                case TlvType.HopLimit:
                    view.HasHopLimit = true;
                    view.HopLimit = element.Value[0];
                    view.HopLimitOffset = start + element.HeaderLength;
                    break;
                default:
                    break;
            }
        }

        return view.Name.Count == 0 ? TlvStatus.BadName : TlvStatus.Ok;
    }
}

internal static class InterestEditor
{
    public static int CopyWithNonce(in InterestView view, uint nonce, Span<byte> destination) => 0;

    public static int CopyWithoutForwardingHint(in InterestView view, Span<byte> destination) => 0;
}

internal ref struct DataView
{
    public ReadOnlySpan<byte> Packet;
    public NameView Name;
    public ulong FreshnessPeriodMs;

    public static TlvStatus TryDecode(ReadOnlySpan<byte> packet, out DataView view)
    {
        view = default;
        view.Packet = packet;
        TlvStatus status = TlvReader.TryReadOnly(packet, TlvType.Data, out TlvElement outer);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        var reader = new TlvReader(outer.Value);
        status = reader.TryRead(out TlvElement element);
        return status != TlvStatus.Ok ? status : NameView.TryCreate(element.Value, out view.Name);
    }
}
