using System.Text.Json;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>An application as a scenario's author would write it.</summary>
public sealed class OwnApplication(JsonElement settings) : SimApplication
{
    public long Ticks { get; private set; }

    protected override void OnStart()
    {
        for (int i = 0; i < settings.GetProperty("count").GetInt32(); i++)
        {
            Schedule(1_000_000 * i, () => Ticks++);
        }
    }
}
