using Piccolo.Rice.Messages;

namespace Piccolo.Sdk.Functions;

/// <summary>Makes a method a function that anybody can call by name.</summary>
/// <remarks>
/// The method's parameters are the function's, by name and order; a <see cref="FunctionContext"/> and a
/// <see cref="CancellationToken"/> among them are filled in and are no arguments. It may return a value, a task, or a task of
/// a value.
/// </remarks>
/// <param name="name">The name, such as <c>/fn/text/wordcount</c>.</param>
/// <param name="kind">Pure or opaque; there is no default, because the network treats them differently.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PiccoloFunctionAttribute(string name, FunctionKind kind) : Attribute
{
    /// <summary>The name of the function.</summary>
    public string Name { get; } = name;

    /// <summary>Whether results may be cached and shared (pure), or each request runs at most once (opaque).</summary>
    public FunctionKind Kind { get; } = kind;

    /// <summary>The version of the code; raise it when the same arguments give another result.</summary>
    public ulong Version { get; set; } = 1;

    /// <summary>What the function does, in a sentence.</summary>
    public string Summary { get; set; } = "";

    /// <summary>How long a call usually takes, in milliseconds; 0 when nobody knows.</summary>
    public ulong TypicalMs { get; set; }

    /// <summary>For how long a pure result may be handed out again, in milliseconds.</summary>
    public ulong ResultFreshnessMs { get; set; } = 3_600_000;
}
