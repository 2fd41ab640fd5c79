namespace Piccolo.Bench.Runs;

/// <summary>Where the repository is that this program was built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Piccolo.Icn.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Piccolo.Icn.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("Piccolo.Icn.sln is in no folder above this program");
    }
}
