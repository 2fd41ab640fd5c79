namespace Piccolo.Sdk.Functions;

/// <summary>A function refuses one of its arguments; the caller is told which and why.</summary>
public sealed class FunctionArgumentException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="argument">The parameter whose argument is wrong.</param>
    /// <param name="message">Why, in a sentence.</param>
    public FunctionArgumentException(string argument, string message)
        : base(message)
    {
        Argument = argument;
    }

    /// <summary>The parameter whose argument is wrong.</summary>
    public string Argument { get; }
}
