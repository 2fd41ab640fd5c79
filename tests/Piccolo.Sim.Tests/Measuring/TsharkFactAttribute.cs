namespace Piccolo.Sim.Tests.Measuring;

/// <summary>A test that needs tshark; without it the test is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TsharkFactAttribute : FactAttribute
{
    public TsharkFactAttribute()
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, "tshark")));
        Skip = isThere ? null : "tshark is missing ('apt-get install tshark'): that it reads our pcap files is not tested";
    }
}
