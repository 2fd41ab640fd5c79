using System.Text.Json;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Cli;

/// <summary>An application that fails after so many milliseconds.</summary>
public sealed class FailingApplication(JsonElement afterMs) : SimApplication
{
    protected override void OnStart() =>
        Schedule(afterMs.GetInt64() * 1_000_000, static () => throw new InvalidOperationException("out of luck"));
}
