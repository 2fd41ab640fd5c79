using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Server;

/// <summary>An Interest, or several of one name, that wait for news of a job.</summary>
internal sealed class Waiter
{
    public required Name Name { get; init; }

    /// <summary>Whether it asks about the thunk; otherwise it is the call itself.</summary>
    public required bool IsThunkQuery { get; init; }

    public required Instant ArrivedAt { get; init; }

    /// <summary>When it is answered even if the job has not ended.</summary>
    public required Instant AnswerBy { get; set; }

    public List<uint> Nonces { get; } = [];
}
