using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>What becomes of one run of a test function.</summary>
internal sealed record RunOutcome(ReadOnlyMemory<byte> Result, TimeSpan Duration = default, CallError? Error = null);
