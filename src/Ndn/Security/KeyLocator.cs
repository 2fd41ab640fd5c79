using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>A hint in SignatureInfo where to find the key that verifies a packet.</summary>
/// <remarks>
/// Wire: TLV-TYPE 28 holding a Name (of a key or of a certificate) or a KeyDigest, which is the SHA-256 of the DER
/// SubjectPublicKeyInfo. One that holds neither decodes, because implementations send it, and locates nothing.
/// </remarks>
public sealed class KeyLocator : IEquatable<KeyLocator>
{
    private readonly byte[]? _digest;

    private KeyLocator(Name? name, byte[]? digest)
    {
        Name = name;
        _digest = digest;
    }

    /// <summary>A locator that names a key or a certificate.</summary>
    public KeyLocator(Name name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The locator that holds nothing.</summary>
    public static KeyLocator Empty { get; } = new(null, null);

    /// <summary>Name of the key or certificate; null when the locator holds a digest or nothing.</summary>
    public Name? Name { get; }

    /// <summary>KeyDigest; null when the locator holds a name or nothing.</summary>
    public ReadOnlyMemory<byte>? Digest => _digest is null ? (ReadOnlyMemory<byte>?)null : _digest;

    /// <summary>Octets of the whole KeyLocator element.</summary>
    public int EncodedLength => TlvWriter.SizeOfElement(TlvType.KeyLocator, ValueLength);

    private int ValueLength =>
        Name is not null ? Name.EncodedLength
        : _digest is not null ? TlvWriter.SizeOfElement(TlvType.KeyDigest, _digest.Length)
        : 0;

    /// <summary>A locator that holds the SHA-256 of a DER SubjectPublicKeyInfo; the octets are copied.</summary>
    public static KeyLocator FromDigest(ReadOnlySpan<byte> digest) => new(null, digest.ToArray());

    /// <summary>Reads a whole KeyLocator element and nothing else.</summary>
    /// <param name="whole">The element, its TYPE and LENGTH included.</param>
    /// <param name="locator">The locator; null unless Ok.</param>
    /// <returns>
    /// Ok; NotAPacket for another TYPE; TrailingOctets; UnknownCritical, or Repeated for a second locator inside; BadName;
    /// or what is wrong with the elements inside.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> whole, out KeyLocator? locator)
    {
        locator = null;
        TlvStatus status = TlvReader.TryReadOnly(whole, TlvType.KeyLocator, out TlvElement element);
        return status == TlvStatus.Ok ? TryFromValue(element.Value, out locator) : status;
    }

    /// <summary>Writes the whole element.</summary>
    public void Write(ref TlvWriter writer)
    {
        writer.WriteHeader(TlvType.KeyLocator, ValueLength);
        if (Name is not null)
        {
            Name.Write(ref writer);
        }
        else if (_digest is not null)
        {
            writer.WriteElement(TlvType.KeyDigest, _digest);
        }
    }

    /// <summary>Whether both hold the same name or the same digest.</summary>
    public bool Equals(KeyLocator? other) =>
        other is not null
        && Name == other.Name
        && _digest is null == other._digest is null
        && _digest.AsSpan().SequenceEqual(other._digest);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KeyLocator);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Name is not null ? Name.GetHashCode() : (int)NameHasher.Unkeyed.Hash(_digest);

    /// <summary>The name's URI, the digest in hexadecimal, or nothing.</summary>
    public override string ToString() =>
        Name is not null ? Name.ToString() : _digest is null ? "" : Convert.ToHexStringLower(_digest);

    internal static TlvStatus TryFromValue(ReadOnlySpan<byte> value, out KeyLocator? locator)
    {
        locator = null;
        TlvStatus status = TryReadValue(value, out TlvElement held);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        switch (held.Type)
        {
            case TlvType.Name:
                status = Name.TryFromValue(held.Value, out Name? name);
                locator = status == TlvStatus.Ok ? new KeyLocator(name!) : null;
                return status;
            case TlvType.KeyDigest:
                locator = FromDigest(held.Value);
                return TlvStatus.Ok;
            default:
                locator = Empty;
                return TlvStatus.Ok;
        }
    }

    /// <summary>Checks the VALUE without copying: the Name or KeyDigest inside, or the default element for neither.</summary>
    internal static TlvStatus TryReadValue(ReadOnlySpan<byte> value, out TlvElement held)
    {
        held = default;
        TlvReader reader = new(value);
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (element.Type is not (TlvType.Name or TlvType.KeyDigest))
            {
                if (CriticalRule.IsCritical(element.Type))
                {
                    return TlvStatus.UnknownCritical;
                }

                continue;
            }

            if (held.Type != 0)
            {
                return TlvStatus.Repeated;
            }

            if (element.Type == TlvType.Name)
            {
                status = NameView.TryCreate(element.Value, out _);
                if (status != TlvStatus.Ok)
                {
                    return status;
                }
            }

            held = element;
        }

        return TlvStatus.Ok;
    }
}
