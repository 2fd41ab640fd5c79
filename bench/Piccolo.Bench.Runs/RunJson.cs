using System.Text.Json.Serialization;

namespace Piccolo.Bench.Runs;

/// <summary>Readers and writers made by the compiler, because code compiled ahead of time has no reflection to do it with.</summary>
/// <remarks>What is computed from other figures is not passed on: of a run without packets it is no number.</remarks>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RunSpec))]
[JsonSerializable(typeof(RunFigures))]
internal sealed partial class RunJson : JsonSerializerContext;
