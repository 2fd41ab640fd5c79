namespace Piccolo.Sim.Nodes;

/// <summary>A node's disk has no room for what was to be written; it holds what it held.</summary>
public sealed class DiskFullException : IOException
{
    internal DiskFullException(string node, string blob, long octets, long freeOctets)
        : base($"the disk of node '{node}' is full: '{blob}' needs {octets} octets more, and {freeOctets} are free")
    {
        Node = node;
        Blob = blob;
    }

    /// <summary>The node.</summary>
    public string Node { get; }

    /// <summary>What was to be written.</summary>
    public string Blob { get; }
}
