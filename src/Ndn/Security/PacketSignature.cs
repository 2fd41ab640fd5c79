using System.Buffers;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>Verifies packets as they stand in a buffer, without making objects of them.</summary>
public static class PacketSignature
{
    private const int StackOctets = 1024;

    /// <summary>Whether a key signed a Data packet.</summary>
    public static bool Verify(in DataView data, IVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return verifier.Verify(data.SignatureType, data.SignedPortion, data.SignatureValue);
    }

    /// <summary>Whether a key signed an Interest (v0.3); an unsigned one is a no.</summary>
    public static bool Verify(in InterestView interest, IVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        if (!interest.IsSigned
            || SignatureInfoView.TryDecode(interest.SignatureInfo, out SignatureInfoView info) != TlvStatus.Ok)
        {
            return false;
        }

        int length = interest.SignedPortionLength;
        byte[]? rented = length > StackOctets ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> signedPortion = rented is null ? stackalloc byte[length] : rented.AsSpan(0, length);
        interest.CopySignedPortion(signedPortion);
        bool isRight = verifier.Verify(info.Type, signedPortion, interest.SignatureValue);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return isRight;
    }

    /// <summary>Whether a key signed a Data packet.</summary>
    public static bool Verify(Data data, IVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(verifier);
        return verifier.Verify(data.SignatureInfo.Type, data.SignedPortion.Span, data.SignatureValue.Span);
    }

    /// <summary>Whether a key signed an Interest (v0.3); an unsigned one is a no.</summary>
    public static bool Verify(Interest interest, IVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(interest);
        ArgumentNullException.ThrowIfNull(verifier);
        return interest.SignatureInfo is { } info
            && verifier.Verify(info.Type, interest.GetSignedPortion().Span, interest.SignatureValue.Span);
    }
}
