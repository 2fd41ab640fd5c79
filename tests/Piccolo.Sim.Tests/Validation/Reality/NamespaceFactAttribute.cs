namespace Piccolo.Sim.Tests.Validation.Reality;

/// <summary>A test with real nodes in network namespaces; where that cannot be, the test is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Obstacle = new(FindObstacle);

    public NamespaceFactAttribute() => Skip = Obstacle.Value is { } reason
        ? $"{reason}: that the simulator agrees with real nodes is not tested"
        : null;

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "network namespaces are a matter of Linux";
        }

        foreach ((string program, string package) in new[] { ("ip", "iproute2"), ("tc", "iproute2"), ("cc", "gcc") })
        {
            if (!Commands.IsOnPath(program))
            {
                return $"'{program}' is missing ('apt-get install {package}')";
            }
        }

        if (!File.Exists(Commands.Program("pcl-node")) || !File.Exists(Commands.Program("pcl")))
        {
            return "out/bin/pcl-node is missing (run ./build)";
        }

        string probe = $"pclprobe{Environment.ProcessId}";
        (bool isMade, string output) = Commands.Try("ip", "netns", "add", probe);
        if (!isMade)
        {
            return $"no network namespace can be made (root may: {output.Trim()})";
        }

        _ = Commands.Try("ip", "netns", "del", probe);
        return null;
    }
}
