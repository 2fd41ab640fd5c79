namespace Piccolo.Interop.Tests;

/// <summary>A test that needs Node.js and the packages of tests/Interop/ndnts; without them it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NdntsFactAttribute : FactAttribute
{
    public NdntsFactAttribute() => Skip = NdntsInstallation.WhatIsMissing(NdntsInstallation.Scripts);
}
