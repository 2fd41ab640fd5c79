namespace Piccolo.Ndn.Management;

/// <summary>What a content store may do.</summary>
/// <remarks>Wire: Flags and Mask, TLV-TYPEs 108 and 112, in the <c>cs</c> module.</remarks>
[Flags]
public enum CsFlags : ulong
{
    /// <summary>Neither takes Data in nor answers.</summary>
    None = 0,

    /// <summary>Takes new Data in.</summary>
    Admit = 1,

    /// <summary>Answers Interests.</summary>
    Serve = 2,
}
