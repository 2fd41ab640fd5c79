namespace Piccolo.Sdk;

/// <summary>Something that the network or the node did not do; the message is a sentence for people.</summary>
public class PiccoloException : Exception
{
    /// <summary>Makes the exception.</summary>
    public PiccoloException(PiccoloErrorKind kind, string message)
        : base(message) => Kind = kind;

    /// <summary>What went wrong, for programs.</summary>
    public PiccoloErrorKind Kind { get; }
}
