using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Rice.Messages;

/// <summary>What a function is and how it is called.</summary>
/// <remarks>
/// Wire: FUNCTION-DESCRIPTOR of docs/wire/rice.md; it follows the versioned name in the Content of the function's metadata. The name of
/// the function is that of the Data and does not travel twice.
/// </remarks>
public sealed record FunctionDescriptor
{
    /// <summary>The name of the function.</summary>
    public required Name Name { get; init; }

    /// <summary>What the system may do with its calls.</summary>
    public required FunctionKind Kind { get; init; }

    /// <summary>The version of its code: part of the name of each call, so that other code never answers from a cache.</summary>
    public required ulong CodeVersion { get; init; }

    /// <summary>Its parameters, in order.</summary>
    public IReadOnlyList<ParameterDescriptor> Parameters { get; init; } = [];

    /// <summary>What it returns.</summary>
    public ValueKind ResultType { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>How long a call usually takes; 0 when nobody knows.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong TypicalMs { get; init; }

    /// <summary>For how long a pure result may be handed out again.</summary>
    /// <remarks>Units: milliseconds; one hour unless the function says otherwise.</remarks>
    public ulong ResultFreshnessMs { get; init; } = 3_600_000;

    /// <summary>The run of the server that described it; what opaque calls name as the only run that may accept them.</summary>
    public RunId Run { get; init; }

    /// <summary>The name in front of everything of this version: <c>/fn/v=version</c>.</summary>
    public Name VersionedName => Name.Append(NameComponent.Version(CodeVersion));

    /// <summary>Encodes the Content of the function's metadata: the versioned name, then the descriptor.</summary>
    public byte[] EncodeMetadata()
    {
        var writer = new MessageWriter();
        writer.Raw(VersionedName.Encode());
        int mark = writer.Begin(RiceTlv.FunctionDescriptor);
        writer.Element(RiceTlv.Run, Run.ToArray());
        writer.Number(RiceTlv.FunctionKind, (ulong)Kind);
        writer.Number(RiceTlv.CodeVersion, CodeVersion);
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Write(writer);
        }

        writer.Number(RiceTlv.ResultType, (ulong)ResultType);
        writer.Text(RiceTlv.Summary, CallError.Cut(Summary, CallLimits.MessageOctetsMax));
        writer.Number(RiceTlv.TypicalMs, TypicalMs);
        writer.Number(RiceTlv.ResultFreshnessMs, ResultFreshnessMs);
        writer.End(mark);
        return writer.ToArray();
    }

    /// <summary>Decodes the Content of a function's metadata.</summary>
    /// <param name="content">The Content of the Data.</param>
    /// <param name="function">The name that was asked about; the versioned name in the Content must extend it by the version.</param>
    /// <param name="descriptor">The descriptor, when the status is <see cref="TlvStatus.Ok"/>.</param>
    public static TlvStatus TryDecodeMetadata(ReadOnlySpan<byte> content, Name function, out FunctionDescriptor? descriptor)
    {
        ArgumentNullException.ThrowIfNull(function);
        descriptor = null;
        var outer = new MessageReader(content);
        Name versioned = outer.RequireName();
        var reader = new MessageReader(outer.Require(RiceTlv.FunctionDescriptor));
        FunctionDescriptor read = Read(ref reader, function);
        TlvStatus status = outer.Finish();
        status = status == TlvStatus.Ok ? reader.Finish() : status;
        if (status == TlvStatus.Ok && versioned != read.VersionedName)
        {
            status = TlvStatus.BadName;
        }

        descriptor = status == TlvStatus.Ok ? read : null;
        return status;
    }

    private static FunctionDescriptor Read(ref MessageReader reader, Name function)
    {
        RunId run = RunId.Read(reader.RequireOctets(RiceTlv.Run, RunId.Octets));
        ulong kind = reader.RequireNumber(RiceTlv.FunctionKind);
        ulong version = reader.RequireNumber(RiceTlv.CodeVersion);
        if (kind is not ((ulong)FunctionKind.Pure or (ulong)FunctionKind.Opaque))
        {
            reader.Fail(TlvStatus.BadNumber);
        }

        List<ParameterDescriptor> parameters = [];
        while (reader.TryTake(RiceTlv.Parameter, out ReadOnlySpan<byte> value))
        {
            if (parameters.Count == CallLimits.ArgumentCountMax)
            {
                reader.Fail(TlvStatus.TooLarge);
                break;
            }

            parameters.Add(ParameterDescriptor.Read(value, ref reader));
        }

        ulong resultType = reader.TakeNumber(RiceTlv.ResultType) ?? 0;
        return new FunctionDescriptor
        {
            Name = function,
            Kind = kind == (ulong)FunctionKind.Opaque ? FunctionKind.Opaque : FunctionKind.Pure,
            CodeVersion = version,
            Run = run,
            Parameters = parameters,
            ResultType = resultType <= (ulong)ValueKind.Map ? (ValueKind)resultType : ValueKind.Any,
            Summary = reader.TakeText(RiceTlv.Summary, CallLimits.MessageOctetsMax) ?? "",
            TypicalMs = reader.TakeNumber(RiceTlv.TypicalMs) ?? 0,
            ResultFreshnessMs = reader.TakeNumber(RiceTlv.ResultFreshnessMs) ?? 0,
        };
    }
}
