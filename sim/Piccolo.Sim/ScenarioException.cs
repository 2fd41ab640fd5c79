namespace Piccolo.Sim;

/// <summary>What somebody wrote (a file, a scenario, an option) cannot be simulated.</summary>
/// <remarks>The message names the place, <c>FILE:LINE</c> or <c>FILE:LINE: $.path</c>, and says what would be right.</remarks>
public sealed class ScenarioException : Exception
{
    /// <summary>An error without a place.</summary>
    public ScenarioException(string message)
        : base(message)
    {
    }

    /// <summary>An error that another one caused.</summary>
    public ScenarioException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
