using Piccolo.Sim.Measuring;

namespace Piccolo.Sim.Tests.Measuring;

internal sealed class FakeLink(NodeProbe from, NodeProbe to) : LinkProbe
{
    public override int From => from.Index;

    public override string FromName => from.Name;

    public override int To => to.Index;

    public override string ToName => to.Name;

    public override long RateBps => 1_000_000;

    public LinkReading Reading { get; set; }

    public override LinkReading Read(long nowNs) => Reading;
}
