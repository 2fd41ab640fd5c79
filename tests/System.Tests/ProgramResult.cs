using System.Text;
using System.Text.Json;

namespace Piccolo.SystemTests;

/// <summary>How a program ended and what it said.</summary>
internal sealed record ProgramResult(int ExitCode, byte[] Output, string Errors, TimeSpan Elapsed)
{
    /// <summary>Standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Fails the test, with everything the program said, unless it ended well.</summary>
    public ProgramResult MustSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Errors}\n{Text}");
        return this;
    }

    /// <summary>Fails the test unless the program ended with an error that says something.</summary>
    public ProgramResult MustFailSaying(string expected)
    {
        Assert.True(ExitCode != 0, $"exit code 0, and it printed\n{Text}");
        Assert.Contains(expected, Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at Piccolo.", Errors, StringComparison.Ordinal);
        return this;
    }
}
