using System.Buffers.Binary;
using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

public ref partial struct InterestView
{
    // Places in the packet's order; 0 is an element without one.
    private const int NameOrder = 1;
    private const int CanBePrefixOrder = 2;
    private const int MustBeFreshOrder = 3;
    private const int ForwardingHintOrder = 4;
    private const int NonceOrder = 5;
    private const int LifetimeOrder = 6;
    private const int HopLimitOrder = 7;
    private const int ParametersOrder = 8;
    private const int SignatureInfoOrder = 9;
    private const int SignatureValueOrder = 10;

    private static int OrderOf(uint type) => type switch
    {
        TlvType.Name => NameOrder,
        TlvType.CanBePrefix => CanBePrefixOrder,
        TlvType.MustBeFresh => MustBeFreshOrder,
        TlvType.ForwardingHint => ForwardingHintOrder,
        TlvType.Nonce => NonceOrder,
        TlvType.InterestLifetime => LifetimeOrder,
        TlvType.HopLimit => HopLimitOrder,
        TlvType.ApplicationParameters => ParametersOrder,
        TlvType.InterestSignatureInfo => SignatureInfoOrder,
        TlvType.InterestSignatureValue => SignatureValueOrder,
        _ => 0,
    };

    private TlvStatus Read(ReadOnlySpan<byte> value)
    {
        TlvReader reader = new(value);
        TlvStatus status = reader.TryRead(TlvType.Name, out TlvElement nameElement);
        if (status == TlvStatus.Ok)
        {
            status = NameView.TryCreate(nameElement.Value, out NameView name);
            Name = name;
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (Name.Count == 0)
        {
            return TlvStatus.BadName;
        }

        NonceInsertOffset = ValueOffset + reader.Position;
        int last = NameOrder;
        int parametersStart = -1;
        while (!reader.IsAtEnd)
        {
            int start = reader.Position;
            status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            int order = OrderOf(element.Type);

            // A signature without parameters before it has no place: it is out of order, and not critical.
            bool isMisplaced = order <= last || (order > ParametersOrder && parametersStart < 0);
            if (order == 0 || isMisplaced)
            {
                if (CriticalRule.IsCritical(element.Type))
                {
                    return order == 0 ? TlvStatus.UnknownCritical : order == last ? TlvStatus.Repeated : TlvStatus.OutOfOrder;
                }

                TakeReflexiveName(element, isBeforeParameters: parametersStart < 0);
                continue;
            }

            last = order;
            if (order == ParametersOrder)
            {
                parametersStart = start;
            }

            status = Take(order, element, ValueOffset + start, value, parametersStart);
            if (status != TlvStatus.Ok)
            {
                return status;
            }
        }

        return CheckWhole(last, parametersStart < 0 ? default : value[parametersStart..]);
    }

    private TlvStatus Take(int order, TlvElement element, int offset, ReadOnlySpan<byte> packetValue, int parametersStart)
    {
        ReadOnlySpan<byte> value = element.Value;
        switch (order)
        {
            case CanBePrefixOrder:
                CanBePrefix = true;
                NonceInsertOffset = offset + element.Whole.Length;
                return value.IsEmpty ? TlvStatus.Ok : TlvStatus.BadLength;
            case MustBeFreshOrder:
                MustBeFresh = true;
                NonceInsertOffset = offset + element.Whole.Length;
                return value.IsEmpty ? TlvStatus.Ok : TlvStatus.BadLength;
            case ForwardingHintOrder:
                ForwardingHint = value;
                ForwardingHintOffset = offset;
                ForwardingHintLength = element.Whole.Length;
                NonceInsertOffset = offset + element.Whole.Length;
                return CheckForwardingHint(value);
            case NonceOrder:
                if (value.Length != 4)
                {
                    return TlvStatus.BadLength;
                }

                HasNonce = true;
                Nonce = BinaryPrimitives.ReadUInt32BigEndian(value);
                NonceOffset = offset + element.HeaderLength;
                return TlvStatus.Ok;
            case LifetimeOrder:
                if (!NonNegativeInteger.TryRead(value, out ulong lifetimeMs))
                {
                    return TlvStatus.BadNumber;
                }

                HasLifetime = true;
                LifetimeMs = lifetimeMs;
                return TlvStatus.Ok;
            case HopLimitOrder:
                if (value.Length != 1)
                {
                    return TlvStatus.BadLength;
                }

                HopLimit = value[0];
                HopLimitOffset = offset + element.HeaderLength;
                return TlvStatus.Ok;
            case ParametersOrder:
                HasApplicationParameters = true;
                ApplicationParameters = value;
                return TlvStatus.Ok;
            case SignatureInfoOrder:
                SignatureInfo = element.Whole;
                return SignatureInfoView.TryDecode(element.Whole, out _);
            default:
                SignatureValue = value;
                SignedTail = packetValue[parametersStart..(offset - ValueOffset)];
                return TlvStatus.Ok;
        }
    }

    private void TakeReflexiveName(TlvElement element, bool isBeforeParameters)
    {
        if (element.Type == TlvType.ReflexiveName && isBeforeParameters && !HasReflexiveName &&
            TlvReader.TryReadOnly(element.Value, TlvType.Name, out TlvElement name) == TlvStatus.Ok &&
            NameView.TryCreate(name.Value, out _) == TlvStatus.Ok)
        {
            ReflexiveName = element.Value;
        }
    }

    private static TlvStatus CheckForwardingHint(ReadOnlySpan<byte> value)
    {
        TlvReader reader = new(value);
        bool isFound = false;
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement element);
            if (status == TlvStatus.Ok && element.Type == TlvType.Name)
            {
                isFound = true;
                status = NameView.TryCreate(element.Value, out _);
            }
            else if (status == TlvStatus.Ok && CriticalRule.IsCritical(element.Type))
            {
                status = TlvStatus.UnknownCritical;
            }

            if (status != TlvStatus.Ok)
            {
                return status;
            }
        }

        return isFound ? TlvStatus.Ok : TlvStatus.MissingElement;
    }

    private readonly TlvStatus CheckWhole(int last, ReadOnlySpan<byte> digested)
    {
        // Both halves of a signature or none: what ends at SignatureInfo, or skips it, lacks one.
        if (last == SignatureInfoOrder || (last == SignatureValueOrder && !IsSigned))
        {
            return TlvStatus.MissingElement;
        }

        ReadOnlySpan<byte> nameDigest = default;
        int index = 0;
        int digestIndex = -1;
        foreach (NameComponentView component in Name)
        {
            if (component.Type == TlvType.ImplicitSha256DigestComponent && index != Name.Count - 1)
            {
                return TlvStatus.BadName;
            }

            if (component.Type == TlvType.ParametersSha256DigestComponent)
            {
                if (digestIndex >= 0)
                {
                    return TlvStatus.BadName;
                }

                digestIndex = index;
                nameDigest = component.Value;
            }

            index++;
        }

        if (HasApplicationParameters != digestIndex >= 0)
        {
            return TlvStatus.DigestMismatch;
        }

        if (!HasApplicationParameters)
        {
            return TlvStatus.Ok;
        }

        if (IsSigned && digestIndex != Name.Count - 1)
        {
            return TlvStatus.BadName;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(digested, digest);
        return nameDigest.SequenceEqual(digest) ? TlvStatus.Ok : TlvStatus.DigestMismatch;
    }
}
