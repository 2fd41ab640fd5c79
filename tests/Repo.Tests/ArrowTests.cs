using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Repo.Tests;

/// <summary>The arrows between the rooms: docs/architecture.md draws them, project references make them, this checks both.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> DirectArrows = new(StringComparer.Ordinal)
    {
        ["Ndn"] = [],
        ["Forwarder"] = ["Ndn"],
        ["Client"] = ["Ndn"],
        ["Routing"] = ["Client"],
        ["Crdt"] = ["Client"],
        ["Wasm"] = [],
        ["Rice"] = ["Client"],
        ["Compute"] = ["Rice", "Crdt", "Wasm", "Client"],
        ["Sdk"] = ["Compute", "Rice", "Crdt", "Client"],
        ["Drivers"] = ["Ndn"],
        ["Environments"] = ["Compute"],
        ["Storage"] = ["Ndn", "Client", "Compute"],
        ["Cli"] = ["Drivers", "Storage", "Sdk"],
        ["Node"] = ["Forwarder", "Routing", "Environments", "Drivers", "Storage", "Sdk"],
        ["sim"] = ["Sdk", "Forwarder", "Routing"],
    };

    private static readonly string[] PureRooms =
        ["Ndn", "Forwarder", "Client", "Routing", "Rice", "Crdt", "Compute", "Wasm"];

    /// <summary>Assemblies of the base library that would bring a clock, a socket or a file into a pure room.</summary>
    private static readonly string[] ForeignToPureRooms =
        ["System.Net.Sockets", "System.IO.FileSystem", "System.Threading.Thread", "System.Threading.ThreadPool", "System.Linq",
            "System.Console", "System.Diagnostics.Process", "Microsoft.Extensions", "Microsoft.AspNetCore"];

    [Fact]
    public void Project_references_follow_the_arrows()
    {
        List<string> strays = [];
        int references = 0;
        foreach (string project in Projects())
        {
            string room = RoomOf(project);
            Assert.True(DirectArrows.ContainsKey(room), $"{project}: the room '{room}' is not in docs/architecture.md");
            HashSet<string> allowed = Reachable(room);
            foreach (string target in ReferencedProjects(project))
            {
                references++;
                bool isSample = target.StartsWith("samples/", StringComparison.Ordinal);
                string targetRoom = isSample ? "samples" : RoomOf(target);
                bool isAllowed = targetRoom == room || allowed.Contains(targetRoom) || (isSample && room == "Node");
                if (!isAllowed)
                {
                    strays.Add($"{project} -> {target}");
                }
            }
        }

        Assert.True(references >= 8, "too few project references were read to believe the result");
        Assert.Empty(strays);
    }

    [Fact]
    public void A_stray_arrow_is_seen()
    {
        Assert.DoesNotContain("Drivers", Reachable("Sdk"));
        Assert.DoesNotContain("Forwarder", Reachable("Rice"));
        Assert.Contains("Ndn", Reachable("Cli"));
        Assert.DoesNotContain("Drivers", Reachable("sim"));
        Assert.DoesNotContain("Storage", Reachable("sim"));
        Assert.DoesNotContain("Node", Reachable("sim"));
        Assert.DoesNotContain("Cli", Reachable("sim"));
    }

    [Fact]
    public void Pure_assemblies_reference_no_edge_of_the_platform()
    {
        List<string> strays = [];
        int checkedAssemblies = 0;
        foreach (string room in PureRooms)
        {
            string? assembly = BuiltAssembly(room);
            if (assembly is null)
            {
                continue;
            }

            checkedAssemblies++;
            using var reader = new PEReader(File.OpenRead(assembly));
            MetadataReader metadata = reader.GetMetadataReader();
            foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
            {
                string name = metadata.GetString(metadata.GetAssemblyReference(handle).Name);
                if (ForeignToPureRooms.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    strays.Add($"{room} -> {name}");
                }
            }
        }

        Assert.True(checkedAssemblies >= 5, $"only {checkedAssemblies} pure assemblies were found built");
        Assert.Empty(strays);
    }

    [Fact]
    public void Pure_projects_have_no_run_time_package()
    {
        foreach (string project in Projects().Where(p => PureRooms.Contains(RoomOf(p))))
        {
            XDocument document = XDocument.Parse(Repository.Read(project));
            Assert.DoesNotContain(document.Descendants("PackageReference"), p => p.Attribute("PrivateAssets")?.Value != "all");
            Assert.Contains(document.Descendants("PureRoom"), p => p.Value == "true");
        }
    }

    private static IEnumerable<string> Projects() =>
        Repository.Files.Where(path =>
            (path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("sim/", StringComparison.Ordinal))
            && path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>The simulator is one room, whatever is in it; elsewhere a room is a folder of src.</summary>
    private static string RoomOf(string path) =>
        path.StartsWith("sim/", StringComparison.Ordinal) ? "sim" : path.Split('/')[1].Split('.')[0];

    private static IEnumerable<string> ReferencedProjects(string project)
    {
        XDocument document = XDocument.Parse(Repository.Read(project));
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        foreach (XElement reference in document.Descendants("ProjectReference"))
        {
            string target = Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value));
            yield return Path.GetRelativePath(Repository.Root, target).Replace('\\', '/');
        }
    }

    private static HashSet<string> Reachable(string room)
    {
        HashSet<string> reached = [];
        Queue<string> queue = new(DirectArrows[room]);
        while (queue.TryDequeue(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string further in DirectArrows[next])
                {
                    queue.Enqueue(further);
                }
            }
        }

        return reached;
    }

    private static string? BuiltAssembly(string room)
    {
        string path = Path.Combine(Repository.Root, "src", room, "bin", "Debug", "net10.0", $"Piccolo.{room}.dll");
        return File.Exists(path) ? path : null;
    }
}
