namespace Piccolo.Sim.Applications;

/// <summary>Takes what applications measure.</summary>
/// <remarks>Called on the threads of the partitions, of one node on one thread at a time.</remarks>
public interface IApplicationLog
{
    /// <summary>A consumer's Interest was answered.</summary>
    /// <param name="application">The consumer.</param>
    /// <param name="sequence">Its number of the Interest.</param>
    /// <param name="lastDelayNs">From the last sending to the Data.</param>
    /// <param name="fullDelayNs">From the first sending to the Data.</param>
    /// <param name="retransmissions">How often it was sent again.</param>
    void OnAnswered(SimApplication application, long sequence, long lastDelayNs, long fullDelayNs, int retransmissions);

    /// <summary>A consumer gave an Interest up, or sends it again, because nothing came in time.</summary>
    void OnTimeout(SimApplication application, long sequence);

    /// <summary>A call of a function ended.</summary>
    /// <param name="application">The caller.</param>
    /// <param name="call">What became of it.</param>
    void OnCall(SimApplication application, in CallRecord call);
}
