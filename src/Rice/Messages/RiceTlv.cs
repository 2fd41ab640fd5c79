namespace Piccolo.Rice.Messages;

/// <summary>The TLV-TYPE numbers of the RICE messages, kept in docs/wire/numbers.md.</summary>
/// <remarks>
/// Wire: even numbers may be ignored by who does not know them, odd ones are critical. Inside one message the elements stand in
/// ascending order of their numbers, so that a reader can skip what it does not know without losing its place.
/// </remarks>
public static class RiceTlv
{
    /// <summary>The arguments of a call: the whole of an Interest's ApplicationParameters.</summary>
    public const uint CallParameters = 0xC901;

    /// <summary>When an opaque call was made, Unix milliseconds of the caller.</summary>
    public const uint IssuedAt = 0xC903;

    /// <summary>For how many milliseconds after its issue an opaque call may still be accepted and repeated.</summary>
    public const uint CallLifetime = 0xC905;

    /// <summary>The 16 octets that name one run of one server, drawn when it starts.</summary>
    public const uint Run = 0xC907;

    /// <summary>The request id of an opaque call, under the parameters' digest.</summary>
    public const uint RequestId = 0xC908;

    /// <summary>One argument of a call.</summary>
    public const uint Argument = 0xC909;

    /// <summary>The name of a parameter, UTF-8.</summary>
    public const uint ParameterName = 0xC90B;

    /// <summary>An argument's CBOR octets.</summary>
    public const uint InlineValue = 0xC90D;

    /// <summary>An object that is fetched by name: size, digest, number of segments.</summary>
    public const uint ObjectReference = 0xC921;

    /// <summary>Octets of a referenced object.</summary>
    public const uint ObjectSize = 0xC923;

    /// <summary>SHA-256 of a referenced object.</summary>
    public const uint ObjectSha256 = 0xC925;

    /// <summary>Number of segments of a referenced object.</summary>
    public const uint ObjectSegmentCount = 0xC927;

    /// <summary>The answer to a call.</summary>
    public const uint CallReply = 0xC931;

    /// <summary>When an answer was made, Unix milliseconds of the server.</summary>
    public const uint ProducedAt = 0xC933;

    /// <summary>How many milliseconds the Interest waited at the server before it was answered.</summary>
    public const uint HeldMs = 0xC934;

    /// <summary>The Nonce of an Interest that this answer was made for.</summary>
    public const uint AnsweredNonce = 0xC936;

    /// <summary>The result itself, CBOR octets.</summary>
    public const uint Result = 0xC937;

    /// <summary>A result that is fetched by name.</summary>
    public const uint ResultReference = 0xC939;

    /// <summary>A promise: where to ask for the result, and when.</summary>
    public const uint Thunk = 0xC93B;

    /// <summary>Why a call failed.</summary>
    public const uint CallError = 0xC941;

    /// <summary>A <see cref="Messages.CallErrorCode"/>.</summary>
    public const uint ErrorCode = 0xC943;

    /// <summary>A sentence for people, UTF-8.</summary>
    public const uint ErrorMessage = 0xC945;

    /// <summary>The answer to a question about a thunk.</summary>
    public const uint ThunkStatus = 0xC951;

    /// <summary>A <see cref="Messages.JobState"/>.</summary>
    public const uint JobState = 0xC953;

    /// <summary>Milliseconds until the server expects the job to end.</summary>
    public const uint RemainingMs = 0xC955;

    /// <summary>Milliseconds for which the server promises to know the job.</summary>
    public const uint ExpiryMs = 0xC957;

    /// <summary>How much of a job is done, in thousandths.</summary>
    public const uint ProgressPermille = 0xC958;

    /// <summary>The <see cref="CallReply"/> of a job that has ended.</summary>
    public const uint FinalReply = 0xC959;

    /// <summary>What a function is and how it is called.</summary>
    public const uint FunctionDescriptor = 0xC961;

    /// <summary>A <see cref="Messages.FunctionKind"/>.</summary>
    public const uint FunctionKind = 0xC963;

    /// <summary>The version of a function's code.</summary>
    public const uint CodeVersion = 0xC965;

    /// <summary>One parameter of a function.</summary>
    public const uint Parameter = 0xC967;

    /// <summary>A <see cref="Messages.ValueKind"/>.</summary>
    public const uint ValueKind = 0xC969;

    /// <summary>CBOR octets that stand for an argument that was left out; a parameter with one is optional.</summary>
    public const uint DefaultValue = 0xC96B;

    /// <summary>The <see cref="Messages.ValueKind"/> of a function's result.</summary>
    public const uint ResultType = 0xC96E;

    /// <summary>What a function does, in a sentence, UTF-8.</summary>
    public const uint Summary = 0xC970;

    /// <summary>How long a call usually takes, in milliseconds.</summary>
    public const uint TypicalMs = 0xC972;

    /// <summary>For how long a pure function's result may be handed out again, in milliseconds.</summary>
    public const uint ResultFreshnessMs = 0xC974;
}
