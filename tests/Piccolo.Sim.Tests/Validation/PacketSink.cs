using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>Takes the Interests of a <see cref="PacketSource"/> and says how long each was under way.</summary>
internal sealed class PacketSink(PacketSource source, int warmUp) : SimApplication
{
    /// <summary>Interests after those of the warm-up.</summary>
    public long Count { get; private set; }

    /// <summary>How long they were under way, added up.</summary>
    public double TotalNs { get; private set; }

    protected override void OnStart() => Register(Piccolo.Ndn.Naming.Name.Parse("/q"));

    protected override void OnInterest(in LpHeaders headers, in InterestView interest)
    {
        int number = BitConverter.ToInt32(interest.Name[1].Value);
        if (number >= warmUp)
        {
            Count++;
            TotalNs += NowNs - source.SentNs[number];
        }
    }
}
