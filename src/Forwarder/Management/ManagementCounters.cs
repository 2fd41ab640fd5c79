namespace Piccolo.Forwarder.Management;

/// <summary>What management has done and refused since the start.</summary>
public sealed class ManagementCounters
{
    /// <summary>Commands answered with a code below 400.</summary>
    public long CommandsDone { get; internal set; }

    /// <summary>Commands answered with a code of 400 or more.</summary>
    public long CommandsFailed { get; internal set; }

    /// <summary>Commands without an answer: their signature was none.</summary>
    public long CommandsIgnored { get; internal set; }

    /// <summary>Datasets made.</summary>
    public long DatasetsPublished { get; internal set; }

    /// <summary>Segments and events answered from memory.</summary>
    public long AnsweredFromMemory { get; internal set; }

    /// <summary>Interests that nothing here answers: a segment that is gone, a name that is too short.</summary>
    public long InterestsUnanswered { get; internal set; }

    /// <summary>Interests that could not be decoded.</summary>
    public long InterestsMalformed { get; internal set; }

    /// <summary>Face events put on the stream.</summary>
    public long FaceEvents { get; internal set; }
}
