using System.Text.RegularExpressions;

namespace Repo.Tests;

/// <summary>Code in documents is code that is compiled.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Regions_in_documents_equal_the_samples_they_name()
    {
        int regions = 0;
        foreach (string path in Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal)))
        {
            string text = Repository.Read(path);
            foreach (Match match in RegionPattern().Matches(text))
            {
                regions++;
                Assert.Equal(Repository.Read(match.Groups[1].Value).TrimEnd(), match.Groups[2].Value.TrimEnd());
            }
        }

        Assert.True(regions >= 1, "no region was found");
    }

    [Fact]
    public void The_readme_shows_the_sample_function_and_no_other_code()
    {
        string readme = Repository.Read("README.md");
        Match region = Assert.Single(RegionPattern().Matches(readme));
        Assert.Equal("samples/HelloFunction/Program.cs", region.Groups[1].Value);
        Assert.Single(FencePattern().Matches(readme));
    }

    [GeneratedRegex(@"<!-- region: (\S+) -->\n```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex RegionPattern();

    [GeneratedRegex("^```csharp", RegexOptions.Multiline)]
    private static partial Regex FencePattern();
}
