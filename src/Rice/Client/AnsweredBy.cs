namespace Piccolo.Rice.Client;

/// <summary>Where an answer came from, as far as the caller can prove it; see <see cref="Messages.ReplyStamp"/>.</summary>
public enum AnsweredBy
{
    /// <summary>The step is not an answer, or its answer does not say.</summary>
    Unsaid,

    /// <summary>The server made it for an Interest of this call.</summary>
    Function,

    /// <summary>It was made for another Interest: a cache, the server's store of results, or another caller's run.</summary>
    Cache,
}
