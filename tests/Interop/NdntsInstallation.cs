namespace Piccolo.Interop.Tests;

/// <summary>Where NDNts is, and whether it is there at all.</summary>
internal static class NdntsInstallation
{
    /// <summary>The folder of the scripts that the tests run.</summary>
    public static string Scripts { get; } = Path.Combine(Programs.Root, "tests", "Interop", "ndnts");

    /// <summary>The folder of the sample that calls a function.</summary>
    public static string Sample { get; } = Path.Combine(Programs.Root, "samples", "ndnts-client");

    /// <summary>Why the programs in a folder cannot run; null when they can.</summary>
    public static string? WhatIsMissing(string folder)
    {
        if (!IsOnPath("node"))
        {
            return "Node.js is missing ('node' is not on PATH)";
        }

        string package = Path.Combine(folder, "node_modules", "@ndn", "packet", "package.json");
        return File.Exists(package)
            ? null
            : $"the NDNts packages are missing (run 'npm ci' in {Path.GetRelativePath(Programs.Root, folder)})";
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
