namespace Piccolo.Interop.Tests;

/// <summary>As <see cref="NdntsFactAttribute"/>, for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NdntsTheoryAttribute : TheoryAttribute
{
    public NdntsTheoryAttribute() => Skip = NdntsInstallation.WhatIsMissing(NdntsInstallation.Scripts);
}
