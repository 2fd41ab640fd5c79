using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Messages;

/// <summary>The names of a function's descriptor, calls, results and thunks.</summary>
/// <remarks>Wire: the table of names in docs/wire/rice.md.</remarks>
public static class RiceNames
{
    /// <summary>The component type of a request id; odd and above 31, like every component type that names may carry.</summary>
    public const ushort RequestIdComponentType = 59;

    internal static readonly NameComponent MetadataKeyword = NameComponent.Keyword("metadata");
    internal static readonly NameComponent CallKeyword = NameComponent.Keyword("call");
    internal static readonly NameComponent ArgumentKeyword = NameComponent.Keyword("arg");
    internal static readonly NameComponent ResultKeyword = NameComponent.Keyword("result");
    internal static readonly NameComponent ThunkKeyword = NameComponent.Keyword("thunk");

    /// <summary>What a caller asks to learn about a function: <c>/fn/32=metadata</c>.</summary>
    public static Name Metadata(Name function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Append(MetadataKeyword);
    }

    /// <summary>The name of a call in front of the parameters digest: <c>/fn/v=version/32=call[/59=request]</c>.</summary>
    public static Name Call(Name function, ulong codeVersion, RunId? requestId)
    {
        ArgumentNullException.ThrowIfNull(function);
        Name name = function.Append(NameComponent.Version(codeVersion)).Append(CallKeyword);
        return requestId is RunId id ? name.Append(new NameComponent(RequestIdComponentType, id.ToArray())) : name;
    }

    /// <summary>Where the server pulls an argument: <c>/reflexive/32=arg/sha256/v=0</c>, in front of the segment number.</summary>
    public static Name Argument(Name reflexiveName, ReadOnlySpan<byte> sha256)
    {
        ArgumentNullException.ThrowIfNull(reflexiveName);
        return reflexiveName.Append(ArgumentKeyword).Append(NameComponent.Generic(sha256)).Append(NameComponent.Version(0));
    }

    /// <summary>Where a long result is: <c>/fn/v=version/32=result/call/sha256</c>, in front of the segment number.</summary>
    /// <remarks>The digest in the name keeps segments of two results of one call from ever being mixed.</remarks>
    /// <param name="function">The function.</param>
    /// <param name="codeVersion">The version of its code.</param>
    /// <param name="callId">The parameters digest of a pure call, the request id of an opaque one.</param>
    /// <param name="sha256">The digest of the result.</param>
    public static Name Result(Name function, ulong codeVersion, ReadOnlySpan<byte> callId, ReadOnlySpan<byte> sha256)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Append(NameComponent.Version(codeVersion)).Append(ResultKeyword)
            .Append(NameComponent.Generic(callId)).Append(NameComponent.Generic(sha256));
    }

    /// <summary>Where to ask about a job: <c>/fn/v=version/32=thunk/job</c>.</summary>
    public static Name Thunk(Name function, ulong codeVersion, RunId jobId)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Append(NameComponent.Version(codeVersion)).Append(ThunkKeyword).Append(NameComponent.Generic(jobId.ToArray()));
    }
}
