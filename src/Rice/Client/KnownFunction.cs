using Piccolo.Ndn;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

/// <summary>A verified descriptor, until when it is used, and the round trip to whoever answers for the function.</summary>
internal sealed class KnownFunction(FunctionDescriptor descriptor, RttEstimate rtt)
{
    public FunctionDescriptor Descriptor { get; set; } = descriptor;

    public Instant Until { get; set; }

    public RttEstimate Rtt { get; } = rtt;
}
