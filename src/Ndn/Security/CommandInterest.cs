using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>An Interest of the older, "v0.2" kind whose signature is part of its name, as control commands still use it.</summary>
/// <remarks>
/// Four generic components follow the command:
/// <code>
/// command.../timestamp/nonce/SignatureInfo/SignatureValue
///            NNI, ms   NNI   16 LEN ...    17 LEN ...
/// </code>
/// The signature covers the components from the first to SignatureInfo. Immutable.
/// Source: NFD's "Command Interests" and the signed Interests of packet format v0.2.
/// </remarks>
public sealed class CommandInterest
{
    private const int SuffixCount = 4;

    private CommandInterest(
        Name name, ulong timestampMs, ulong nonce, SignatureInfo info, byte[] signatureValue, byte[] signedPortion)
    {
        Name = name;
        TimestampMs = timestampMs;
        Nonce = nonce;
        SignatureInfo = info;
        SignatureValue = signatureValue;
        SignedPortion = signedPortion;
    }

    /// <summary>The whole name.</summary>
    public Name Name { get; }

    /// <summary>The name without the four components of the signature: prefix, module, verb and parameters.</summary>
    public Name CommandName => Name.Prefix(Name.Count - SuffixCount);

    /// <summary>When the command was made. Units: milliseconds since the Unix epoch.</summary>
    public ulong TimestampMs { get; }

    /// <summary>A random number that tells commands of the same millisecond apart.</summary>
    public ulong Nonce { get; }

    /// <summary>How it is signed.</summary>
    public SignatureInfo SignatureInfo { get; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; }

    /// <summary>What the signature covers.</summary>
    public ReadOnlyMemory<byte> SignedPortion { get; }

    /// <summary>Reads a name as a command's.</summary>
    /// <param name="name">The name of an Interest.</param>
    /// <param name="command">The command; null unless Ok.</param>
    /// <returns>
    /// Ok; MissingElement when the last components are not SignatureInfo and SignatureValue; BadNumber for a timestamp or nonce
    /// that is no number; or what is wrong with the SignatureInfo.
    /// </returns>
    public static TlvStatus TryParse(NameView name, out CommandInterest? command)
    {
        command = null;
        if (name.Count < SuffixCount)
        {
            return TlvStatus.MissingElement;
        }

        NameComponentView timestamp = name[name.Count - 4];
        NameComponentView nonce = name[name.Count - 3];
        NameComponentView info = name[name.Count - 2];
        NameComponentView value = name[name.Count - 1];
        if (!IsGenericHolding(info, TlvType.SignatureInfo) || !IsGenericHolding(value, TlvType.SignatureValue))
        {
            return TlvStatus.MissingElement;
        }

        TlvStatus status = TlvReader.TryReadOnly(value.Value, TlvType.SignatureValue, out TlvElement signature);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        status = SignatureInfo.TryDecode(info.Value, out SignatureInfo? signatureInfo);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (timestamp.Type != TlvType.GenericNameComponent || !timestamp.TryGetNumber(out ulong timestampMs)
            || nonce.Type != TlvType.GenericNameComponent || !nonce.TryGetNumber(out ulong nonceNumber))
        {
            return TlvStatus.BadNumber;
        }

        byte[] signedPortion = name.Prefix(name.Count - 1).Value.ToArray();
        command = new CommandInterest(
            name.ToName(), timestampMs, nonceNumber, signatureInfo!, signature.Value.ToArray(), signedPortion);
        return TlvStatus.Ok;
    }

    /// <summary>The name of a signed command.</summary>
    /// <param name="commandName">Prefix, module, verb and parameters.</param>
    /// <param name="timestampMs">Milliseconds since the Unix epoch; larger than in any earlier command of this key.</param>
    /// <param name="nonce">A random number.</param>
    /// <param name="signer">Signs at once, on the caller's thread.</param>
    public static Name Build(Name commandName, ulong timestampMs, ulong nonce, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(commandName);
        ArgumentNullException.ThrowIfNull(signer);
        Name signed = commandName
            .Append(NameComponent.FromNumber((ushort)TlvType.GenericNameComponent, timestampMs))
            .Append(NameComponent.FromNumber((ushort)TlvType.GenericNameComponent, nonce))
            .Append(NameComponent.Generic(SignatureInfo.For(signer).Encode(TlvType.SignatureInfo)));
        byte[] signature = new byte[signer.MaxSignatureOctets];
        int length = signer.Sign(signed.Value, signature);
        byte[] element = new byte[TlvWriter.SizeOfElement(TlvType.SignatureValue, length)];
        TlvWriter writer = new(element);
        writer.WriteElement(TlvType.SignatureValue, signature.AsSpan(0, length));
        return signed.Append(NameComponent.Generic(element));
    }

    /// <summary>Whether a key signed the command.</summary>
    public bool IsSignedBy(IVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return verifier.Verify(SignatureInfo.Type, SignedPortion.Span, SignatureValue.Span);
    }

    private static bool IsGenericHolding(NameComponentView component, uint type)
    {
        if (component.Type != TlvType.GenericNameComponent || component.Value.IsEmpty)
        {
            return false;
        }

        return new TlvReader(component.Value).TryPeekType(out uint held) == TlvStatus.Ok && held == type;
    }
}
