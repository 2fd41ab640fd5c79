using System.Globalization;
using System.Text.RegularExpressions;

namespace Repo.Tests;

/// <summary>The guards that keep rooms within their bounds must bite: a misspelt line in a list of banned symbols bites nothing.</summary>
public sealed partial class CanaryTests
{
    [Theory]
    [InlineData("tests/Canary/Piccolo.Canary.csproj", "src/BannedSymbols.Pure.txt")]
    [InlineData("tests/CanarySdk/Piccolo.CanarySdk.csproj", "src/BannedSymbols.Sdk.txt", "src/BannedSymbols.Cbor.txt")]
    public void Every_banned_symbol_is_refused_by_the_compiler(string project, params string[] lists)
    {
        string[] banned = [.. lists.SelectMany(list => Repository.Read(list).Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        (int exitCode, string output) = Repository.Run("dotnet", "build", project, "-nologo", "-v", "quiet", "-noAutoResponse");

        int[] refusedLines = [.. RefusalPattern().Matches(output)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct()];
        Assert.NotEqual(0, exitCode);
        Assert.True(refusedLines.Length == banned.Length,
            $"{banned.Length} symbols are banned, {refusedLines.Length} uses were refused; the compiler said:\n{output}");
    }

    [Fact]
    public void Every_list_of_banned_symbols_has_a_canary()
    {
        string[] lists = [.. Repository.Files.Where(path => path.StartsWith("src/BannedSymbols.", StringComparison.Ordinal))];
        string test = Repository.Read("tests/Repo.Tests/CanaryTests.cs");
        Assert.True(lists.Length >= 3, "too few lists were found to believe the result");
        Assert.All(lists, list => Assert.Contains($"\"{list}\"", test, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"EveryBannedSymbol\.cs\((\d+),\d+\): error RS0030")]
    private static partial Regex RefusalPattern();
}
