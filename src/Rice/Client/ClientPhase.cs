namespace Piccolo.Rice.Client;

/// <summary>What a call waits for.</summary>
internal enum ClientPhase
{
    Describing,
    Calling,
    Waiting,
    Asking,
    Fetching,
    Ended,
}
