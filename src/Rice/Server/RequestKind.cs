namespace Piccolo.Rice.Server;

/// <summary>What an Interest asks a server for.</summary>
internal enum RequestKind
{
    Metadata,
    Call,
    Thunk,
    Segment,
}
