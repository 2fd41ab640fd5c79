namespace Piccolo.Rice.Messages;

/// <summary>The sizes that both ends of a call must agree on, because the name of a pure call depends on them.</summary>
public static class CallLimits
{
    /// <summary>An argument whose CBOR is longer is published by the caller and pulled by the server.</summary>
    public const int InlineArgumentOctetsMax = 2048;

    /// <summary>Once the arguments before it fill this many octets, an argument is published even when it is short.</summary>
    public const int InlineTotalOctetsMax = 6000;

    /// <summary>A result whose CBOR is longer is published and fetched in segments.</summary>
    public const int InlineResultOctetsMax = 7000;

    /// <summary>Octets of a segment of an argument or a result.</summary>
    public const int SegmentOctets = 7000;

    /// <summary>Most arguments of one call.</summary>
    public const int ArgumentCountMax = 64;

    /// <summary>Most octets of the name of a parameter.</summary>
    public const int ParameterNameOctetsMax = 128;

    /// <summary>Most octets of an error message or a summary; longer ones are cut.</summary>
    public const int MessageOctetsMax = 1024;

    /// <summary>Most Nonces echoed in an answer.</summary>
    public const int AnsweredNonceCountMax = 8;

    /// <summary>The largest object that can be referred to.</summary>
    public const long ObjectOctetsMax = 1L << 40;

    /// <summary>How many segments an object of this size has; an empty object has one, empty.</summary>
    public static long SegmentCount(long octets) => octets == 0 ? 1 : (octets + SegmentOctets - 1) / SegmentOctets;
}
