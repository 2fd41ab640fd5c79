using Piccolo.Ndn.Naming;

namespace Piccolo.Sdk;

/// <summary>An object that is served; dispose it to serve it no longer.</summary>
public sealed class Publication : IAsyncDisposable
{
    private readonly PrefixRegistration _registration;

    internal Publication(Name versionedName, ulong segmentCount, PrefixRegistration registration)
    {
        VersionedName = versionedName;
        SegmentCount = segmentCount;
        _registration = registration;
    }

    /// <summary>The object's name with its version.</summary>
    public Name VersionedName { get; }

    /// <summary>How many segments it has.</summary>
    public ulong SegmentCount { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _registration.DisposeAsync();
}
