namespace Piccolo.Cli.Nodes;

/// <summary>A mistake of the person at the console; the message is the whole explanation and says what to do.</summary>
public sealed class CliException : Exception
{
    /// <summary>Makes the exception with a sentence for the console.</summary>
    public CliException(string message)
        : base(message)
    {
    }
}
