namespace Piccolo.Sim.Tests.Topologies;

/// <summary>The topology files of the repository.</summary>
internal static class TopologyFiles
{
    internal static string Folder { get; } = Find();

    internal static string PathOf(string file) => Path.Combine(Folder, file);

    private static string Find()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Piccolo.Icn.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return Path.Combine(at ?? throw new InvalidOperationException("no checkout around the tests"), "sim", "topologies");
    }
}
