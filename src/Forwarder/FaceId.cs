namespace Piccolo.Forwarder;

/// <summary>The number of a face in one forwarder; never used twice.</summary>
/// <remarks>Source: NFD, face identifiers: 1 is the internal face, 254 the content store, others begin at 256.</remarks>
/// <param name="Value">The number, as management and the local link fields carry it.</param>
public readonly record struct FaceId(ulong Value)
{
    /// <summary>No face.</summary>
    public static FaceId None => default;

    /// <summary>The face of the forwarder's own management.</summary>
    public static FaceId Internal => new(1);

    /// <summary>What IncomingFaceId says of Data out of the content store.</summary>
    public static FaceId ContentStore => new(254);

    /// <summary>The number of the first face that is added.</summary>
    public static FaceId First => new(256);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
