using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Strategies;

/// <summary>Decides where pending Interests go; one instance serves every prefix that chose its name and parameters.</summary>
/// <remarks>
/// State of one pending Interest lies in its PIT entry and records, not in the strategy. Calls allocate nothing.
/// </remarks>
internal interface IStrategy
{
    /// <summary>Name with version and parameters, as management reports it.</summary>
    Name InstanceName { get; }

    /// <summary>Whether <see cref="AfterNewNextHop"/> does anything.</summary>
    bool ActsOnNewNextHop { get; }

    /// <summary>An Interest came that the content store could not answer; its in-record is up to date.</summary>
    void AfterReceiveInterest(in PendingInterest pending);

    /// <summary>A Nack came; its out-record is marked.</summary>
    /// <param name="pending">The Interest that was refused; its face is the one the Nack came from.</param>
    void AfterReceiveNack(in PendingInterest pending);

    /// <summary>A nexthop was added that the Interest could go to.</summary>
    void AfterNewNextHop(in PendingInterest pending, int faceSlot);
}
