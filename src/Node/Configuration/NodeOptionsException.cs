namespace Piccolo.Node.Configuration;

/// <summary>A setting that the node cannot start with; the message names the key and what it takes.</summary>
public sealed class NodeOptionsException : Exception
{
    /// <summary>Makes the exception with a sentence for the operator.</summary>
    public NodeOptionsException(string message)
        : base(message)
    {
    }
}
