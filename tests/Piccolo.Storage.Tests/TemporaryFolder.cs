namespace Piccolo.Storage.Tests;

/// <summary>A folder for one test, gone at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pcl-storage-").FullName;

    /// <summary>A path inside that nobody has made yet.</summary>
    public string State => Path.Combine(_root, "state");

    /// <summary>A path inside.</summary>
    public string PathOf(string name) => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
