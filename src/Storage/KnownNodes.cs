using System.Text.Json;
using Piccolo.Ndn.Security;
using System.Security.Cryptography;

namespace Piccolo.Storage;

/// <summary>Keys of nodes that were trusted on first use, by where the node was reached.</summary>
/// <remarks>
/// Kept in <c>known-nodes.json</c>: the FaceUri of the node and the SHA-256 of its public key. A node that shows another key later is
/// refused until a person removes its line, as with the known hosts of ssh.
/// </remarks>
public sealed class KnownNodes
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true };

    private readonly string _path;

    /// <summary>Uses the file in a folder; made when the first node is remembered.</summary>
    public KnownNodes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _path = Path.Combine(folder, "known-nodes.json");
    }

    /// <summary>Checks the key of a node against the one it showed before, and remembers it when it is the first.</summary>
    /// <param name="nodeUri">Where the node was reached.</param>
    /// <param name="certificate">What it shows.</param>
    /// <exception cref="StorageException">It showed another key before, or the file is damaged.</exception>
    public void Check(string nodeUri, Certificate certificate)
    {
        ArgumentException.ThrowIfNullOrEmpty(nodeUri);
        ArgumentNullException.ThrowIfNull(certificate);
        string digest = Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.Span));
        SortedDictionary<string, string> nodes = Load();
        if (!nodes.TryGetValue(nodeUri, out string? known))
        {
            nodes[nodeUri] = digest;
            OwnerOnlyFile.CreateFolder(Path.GetDirectoryName(_path)!);
            OwnerOnlyFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(nodes, JsonOptions));
            return;
        }

        if (known != digest)
        {
            throw new StorageException(
                _path,
                $"the node at {nodeUri} shows another key than it did before ({certificate.KeyName}). If you expect that (its state "
                + "folder was removed, say), take its line out of this file; otherwise somebody else answers there");
        }
    }

    private StorageException Damaged(Exception? cause) => new(_path, "is damaged; remove it to trust nodes anew", cause);

    private SortedDictionary<string, string> Load()
    {
        if (!File.Exists(_path))
        {
            return new SortedDictionary<string, string>(StringComparer.Ordinal);
        }

        Dictionary<string, string>? read;
        try
        {
            read = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(_path));
        }
        catch (JsonException error)
        {
            throw Damaged(error);
        }

        return read is null || read.ContainsValue(null!)
            ? throw Damaged(null)
            : new SortedDictionary<string, string>(read, StringComparer.Ordinal);
    }
}
