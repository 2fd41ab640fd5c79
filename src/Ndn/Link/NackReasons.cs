namespace Piccolo.Ndn.Link;

/// <summary>The order of Nack reasons by severity.</summary>
public static class NackReasons
{
    /// <summary>
    /// Whether one reason is less severe than another: smaller numbers are, but none at all is the worst.
    /// </summary>
    /// <remarks>Source: NFD, merging of Nacks: the least severe reason is returned downstream.</remarks>
    public static bool IsLessSevereThan(this NackReason reason, NackReason other) =>
        reason != NackReason.None && (other == NackReason.None || reason < other);
}
