namespace Piccolo.Sim.Tests.Cli;

/// <summary>A test that writes to <c>/dev/full</c>; where there is no such device it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDeviceFactAttribute : FactAttribute
{
    public FullDeviceFactAttribute() =>
        Skip = File.Exists("/dev/full") ? null : "/dev/full is missing: that results do not fit is not tested";
}
