namespace Piccolo.Sim.Network;

/// <summary>What happens to a frame that was not lost.</summary>
/// <param name="FlippedBit">
/// The bit that arrives wrong, counted from the first octet's highest; -1 for none. A duplicate has the same flaw.
/// </param>
/// <param name="IsDuplicated">Whether it arrives twice.</param>
/// <param name="ExtraDelayNs">By how much it is late; its duplicate is not.</param>
public readonly record struct FrameFate(int FlippedBit, bool IsDuplicated, long ExtraDelayNs)
{
    /// <summary>It arrives once, intact and in time.</summary>
    public static FrameFate Undisturbed { get; } = new(-1, false, 0);

    /// <summary>Whether a bit arrives wrong.</summary>
    public bool IsCorrupted => FlippedBit >= 0;

    /// <summary>Flips the bit in a frame that the caller may write to.</summary>
    public void Corrupt(Span<byte> frame)
    {
        if (IsCorrupted)
        {
            frame[FlippedBit >> 3] ^= (byte)(0x80 >> (FlippedBit & 7));
        }
    }
}
