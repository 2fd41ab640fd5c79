using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Piccolo.Ndn;

/// <summary>Assertions about our own mistakes, on in debug builds and in builds with <c>ICN_CHECKS</c>.</summary>
public static class Invariant
{
    /// <summary>Fails loudly when a condition that the code itself guarantees does not hold.</summary>
    /// <param name="condition">What must be true.</param>
    /// <param name="message">Which guarantee was broken.</param>
    /// <exception cref="InvalidOperationException">The condition is false.</exception>
    [Conditional("DEBUG"), Conditional("ICN_CHECKS")]
    public static void Check([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            Throw(message);
        }
    }

    [DoesNotReturn]
    private static void Throw(string message) => throw new InvalidOperationException("broken invariant: " + message);
}
