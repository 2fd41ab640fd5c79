namespace Piccolo.Forwarder.Strategies;

/// <summary>What retransmission suppression says of an Interest.</summary>
internal enum SuppressionResult
{
    /// <summary>Nothing is outstanding: not a retransmission.</summary>
    New,

    /// <summary>A retransmission that is late enough.</summary>
    Forward,

    /// <summary>A retransmission that comes too soon.</summary>
    Suppress,
}
