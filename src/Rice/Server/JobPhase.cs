namespace Piccolo.Rice.Server;

/// <summary>Where a job is in its life.</summary>
internal enum JobPhase
{
    Pulling,
    Ready,
    Running,
    Finished,
    Forgotten,
}
