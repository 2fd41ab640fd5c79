using Piccolo.Ndn.Buffers;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Applications;

/// <summary>A face that leads to an application of the same node, without delay.</summary>
public sealed class ApplicationFace : NodeFace
{
    private readonly SimApplication _application;

    internal ApplicationFace(SimNode node, SimApplication application)
        : base(node) => _application = application;

    /// <summary>The application.</summary>
    public SimApplication Application => _application;

    /// <inheritdoc/>
    public override string Description => $"app://{Node.Name}/{_application.Name}";

    /// <inheritdoc/>
    internal override void Transmit(FrameLease frame) => _application.Take(frame);
}
