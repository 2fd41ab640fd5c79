namespace Piccolo.Interop.Tests;

/// <summary>A test that needs Node.js and the packages of samples/ndnts-client; without them it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NdntsSampleFactAttribute : FactAttribute
{
    public NdntsSampleFactAttribute() => Skip = NdntsInstallation.WhatIsMissing(NdntsInstallation.Sample);
}
