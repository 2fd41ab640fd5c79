using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>Takes Interests and never answers.</summary>
internal sealed class SilentProducer(Piccolo.Ndn.Naming.Name prefix) : SimApplication
{
    protected override void OnStart() => Register(prefix);
}
