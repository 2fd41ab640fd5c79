namespace Piccolo.Forwarder.Tables;

/// <summary>What a PIT entry remembers in single bits.</summary>
[Flags]
internal enum PitFlags : byte
{
    None = 0,

    /// <summary>Selector, part of the key.</summary>
    CanBePrefix = 1,

    /// <summary>Selector, part of the key.</summary>
    MustBeFresh = 2,

    /// <summary>The last component is an implicit digest, so the entry is found by a Data's full name only.</summary>
    HasDigest = 4,

    /// <summary>Data has come.</summary>
    Satisfied = 8,

    /// <summary>The Data that came may be unable to answer a looped copy from the cache for as long as nonces are remembered.</summary>
    CopyMissesCache = 16,

    /// <summary>The entry ends when the pipeline that set this ends.</summary>
    ExpireNow = 32,

    /// <summary>The strategy in charge wants to hear of nexthops that come later.</summary>
    AwaitsNextHop = 64,

    /// <summary>The slot is in use.</summary>
    Used = 128,
}
