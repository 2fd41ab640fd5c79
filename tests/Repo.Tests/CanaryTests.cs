using System.Text.RegularExpressions;

namespace Repo.Tests;

/// <summary>The guards that keep the pure rooms pure must bite: a misspelt line in the list of banned symbols bites nothing.</summary>
public sealed partial class CanaryTests
{
    [Fact]
    public void Every_banned_symbol_is_refused_by_the_compiler()
    {
        string[] banned = [.. Repository.Read("src/BannedSymbols.Pure.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        (int exitCode, string output) = Repository.Run("dotnet", "build", "tests/Canary/Piccolo.Canary.csproj", "-nologo", "-v", "quiet");

        int[] refusedLines = [.. RefusalPattern().Matches(output)
            .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct()];
        Assert.NotEqual(0, exitCode);
        Assert.True(refusedLines.Length == banned.Length,
            $"{banned.Length} symbols are banned, {refusedLines.Length} uses were refused; the compiler said:\n{output}");
    }

    [GeneratedRegex(@"EveryBannedSymbol\.cs\((\d+),\d+\): error RS0030")]
    private static partial Regex RefusalPattern();
}
