using Piccolo.Rice.Messages;
using Piccolo.Rice.Thunks;

namespace Piccolo.Rice.Server;

/// <summary>A function that the server answers for, with what it learned about it.</summary>
internal sealed class ServedFunction(FunctionDescriptor descriptor)
{
    public FunctionDescriptor Descriptor { get; } = descriptor;

    public DurationEstimator Durations { get; } = new(descriptor.TypicalMs);

    /// <summary>The signed descriptor, and until when it is handed out again.</summary>
    public byte[]? Metadata { get; set; }

    public Ndn.Instant MetadataUntil { get; set; }

    public bool MetadataPending { get; set; }
}
