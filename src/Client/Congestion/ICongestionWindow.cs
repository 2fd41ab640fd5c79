using Piccolo.Ndn;

namespace Piccolo.Client.Congestion;

/// <summary>How many segments may be under way at once.</summary>
/// <remarks>The owner tells of answers while the window was what held it back, and of congestion once each round trip.</remarks>
public interface ICongestionWindow
{
    /// <summary>How many Interests may be unanswered now.</summary>
    int Segments { get; }

    /// <summary>An answer came that says nothing of congestion.</summary>
    /// <param name="now">When it came.</param>
    /// <param name="smoothedRtt">The usual round trip; zero when unknown.</param>
    void HandleAnswer(Instant now, TimeSpan smoothedRtt);

    /// <summary>A loss or a congestion mark was seen, the first in this round trip.</summary>
    void HandleCongestion();
}
