using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Client;

/// <summary>An Interest that a call has outstanding, with all its repetitions.</summary>
internal sealed class Exchange
{
    public required Name Name { get; init; }

    public required bool CanBePrefix { get; init; }

    public ReadOnlyMemory<byte>? Parameters { get; init; }

    /// <summary>The name before the parameters digest is appended.</summary>
    public required Name BaseName { get; init; }

    public Name? ReflexiveName { get; init; }

    /// <summary>What the server may hold the answer back for.</summary>
    public TimeSpan Allowance { get; init; }

    public List<uint> Nonces { get; } = [];

    public Instant FirstSentAt { get; set; }

    public Instant AgainAt { get; set; } = Instant.Never;

    public int Attempts { get; set; }

    public int NackCount { get; set; }
}
