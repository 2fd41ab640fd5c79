namespace Piccolo.SystemTests;

/// <summary>One node for all tests of a class, each of which keeps to names of its own.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    private NodeProcess? _node;

    internal NodeProcess Node => _node!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync("--functions", "samples");

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _node!.DisposeAsync();
}
