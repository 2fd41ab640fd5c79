using System.ComponentModel;
using System.Diagnostics;

namespace Piccolo.Samples.Tests;

/// <summary>A test that needs the <c>wc</c> of GNU coreutils 9, whose rules for words the sample follows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GnuWcFactAttribute : FactAttribute
{
    public GnuWcFactAttribute()
    {
        if (!IsThere())
        {
            Skip = "there is no wc of GNU coreutils 9 on this machine";
        }
    }

    private static bool IsThere()
    {
        try
        {
            using Process wc = Process.Start(new ProcessStartInfo("wc", "--version") { RedirectStandardOutput = true })!;
            return wc.StandardOutput.ReadToEnd().Contains("(GNU coreutils) 9.", StringComparison.Ordinal);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
