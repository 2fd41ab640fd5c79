using System.Text.RegularExpressions;

namespace Repo.Tests;

/// <summary>The house rules that a machine can check.</summary>
public sealed partial class TidyTests
{
    private const int LineCountMax = 600;
    private const int LineLengthMax = 140;

    [Fact]
    public void No_source_file_is_longer_than_the_limit()
    {
        string[] long_ = [.. Sources().Where(path => Repository.Read(path).Split('\n').Length > LineCountMax)];
        Assert.Empty(long_);
    }

    [Fact]
    public void No_line_is_longer_than_the_limit()
    {
        List<string> offenders = [];
        foreach (string path in Sources())
        {
            string[] lines = Repository.Read(path).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length > LineLengthMax)
                {
                    offenders.Add($"{path}:{i + 1}");
                }
            }
        }

        Assert.Empty(offenders);
    }

    [Fact]
    public void No_source_file_has_a_leftover_marker()
    {
        string[] offenders = [.. Sources()
            .Where(path => path != "tests/Repo.Tests/TidyTests.cs" && LeftoverPattern().IsMatch(Repository.Read(path)))];
        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_room_has_a_readme()
    {
        string[] rooms = [.. Repository.Files.Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .Select(path => path.Split('/')).Where(parts => parts.Length > 2).Select(parts => parts[1]).Distinct()];
        string[] missing = [.. rooms.Where(room => !Repository.Files.Contains($"src/{room}/README.md"))];
        Assert.True(rooms.Length >= 8, "too few rooms were found to believe the result");
        Assert.Empty(missing);
        Assert.Contains("sim/README.md", Repository.Files);
    }

    [Fact]
    public void Namespaces_are_assembly_name_and_folder()
    {
        List<string> offenders = [];
        foreach (string path in Sources().Where(p => p.StartsWith("src/", StringComparison.Ordinal)
            || p.StartsWith("sim/", StringComparison.Ordinal)))
        {
            Match match = NamespacePattern().Match(Repository.Read(path));
            string[] parts = path.Split('/');

            // sim/Piccolo.Sim/Nodes is Piccolo.Sim.Nodes, sim/pcl-sim/Output is Piccolo.Sim.Cli.Output, src/Ndn/Tlv is Piccolo.Ndn.Tlv.
            string[] assembly = parts[0] == "src" ? ["Piccolo", parts[1]] : parts[1] == "pcl-sim" ? ["Piccolo.Sim.Cli"] : [parts[1]];
            string expected = string.Join('.', (string[])[.. assembly, .. parts[2..^1]]);
            if (match.Success && !IsExpected(match.Groups[1].Value, expected))
            {
                offenders.Add($"{path}: {match.Groups[1].Value}, expected {expected}");
            }
        }

        Assert.Empty(offenders);
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_named_by_their_title()
    {
        string[] decisions = [.. Repository.Files.Where(path => path.StartsWith("docs/adr/", StringComparison.Ordinal))];
        Assert.NotEmpty(decisions);
        for (int i = 0; i < decisions.Length; i++)
        {
            Assert.Matches($"^docs/adr/{i + 1:D4}-[a-z0-9-]+\\.md$", decisions[i]);
        }
    }

    [Fact]
    public void Links_in_documents_lead_somewhere()
    {
        List<string> dead = [];
        int links = 0;
        foreach (string path in Repository.Files.Where(p => p.EndsWith(".md", StringComparison.Ordinal)))
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, path))!;
            foreach (Match match in LinkPattern().Matches(Repository.Read(path)))
            {
                string target = match.Groups[1].Value.Split('#')[0];
                if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal))
                {
                    continue;
                }

                links++;
                string full = Path.Combine(folder, target);
                if (!File.Exists(full) && !Directory.Exists(full))
                {
                    dead.Add($"{path} -> {target}");
                }
            }
        }

        Assert.True(links > 5, "too few links were read to believe the result");
        Assert.Empty(dead);
    }

    [Fact]
    public void Nothing_names_a_machine_path_or_a_registry_host()
    {
        string[] offenders = [.. Repository.Files
            .Where(path => !path.StartsWith("tests/Repo.Tests/", StringComparison.Ordinal) && IsText(path))
            .Where(path => MachinePattern().IsMatch(Repository.Read(path)))];
        Assert.Empty(offenders);
    }

    private static bool IsExpected(string actual, string expected) =>
        actual == expected || expected.StartsWith("Piccolo.Cli.", StringComparison.Ordinal);

    private static IEnumerable<string> Sources() => Repository.Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    private static bool IsText(string path) =>
        Path.GetExtension(path) is ".cs" or ".md" or ".json" or ".csproj" or ".props" or ".sh" or ".mjs" or ".js" or ".txt" or ".c" or "";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex LeftoverPattern();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"api\.nuget\.org|registry\.npmjs|deb\.debian\.org|(?<![\w.])/work/|(?<![\w.])/farm/|\.library/")]
    private static partial Regex MachinePattern();
}
