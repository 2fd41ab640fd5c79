using Piccolo.Compute.Functions;
using Piccolo.Compute.Values;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Rice.Server;

namespace Piccolo.Compute.Tests.Functions;

public sealed class ArgumentBinderTests
{
    private static readonly FunctionDescriptor Function = new()
    {
        Name = Name.Parse("/f"),
        Kind = FunctionKind.Pure,
        CodeVersion = 1,
        Parameters =
        [
            new("text", ValueKind.Text),
            new("factor", ValueKind.Float, ValueCodec.Encode(1.5)),
            new("limit", ValueKind.Int, ValueCodec.Encode(null)),
        ],
    };

    [Fact]
    public void Positions_names_and_defaults_find_their_places()
    {
        Assert.Null(Bind(out IReadOnlyList<BoundArgument> bound, ("", "hello"), ("limit", 7)));

        Assert.Equal("hello", bound[0].Value);
        Assert.Equal(1.5, bound[1].Value);
        Assert.Equal(7L, bound[2].Value);
    }

    [Fact]
    public void Integer_is_taken_for_a_number_and_null_for_a_default_of_null()
    {
        Assert.Null(Bind(out IReadOnlyList<BoundArgument> bound, ("text", "x"), ("factor", 2), ("limit", null)));

        Assert.Equal(2.0, bound[1].Value);
        Assert.Null(bound[2].Value);
    }

    [Fact]
    public void Errors_name_the_argument()
    {
        AssertBad("text", "is missing", Bind(out _));
        AssertBad("text", "must be text, but is an integer", Bind(out _, ("", 5)));
        AssertBad("text", "given twice", Bind(out _, ("", "a"), ("text", "b")));
        AssertBad("colour", "no such parameter; it has text, factor, limit", Bind(out _, ("colour", 1)));
        AssertBad("#4", "takes 3 arguments", Bind(out _, ("", "a"), ("", 1.0), ("", 1), ("", 2)));
        AssertBad("limit", "must be an integer, but is text", Bind(out _, ("", "a"), ("limit", "many")));
        AssertBad("factor", "but is nothing", Bind(out _, ("", "a"), ("factor", null)));
        CallError? error = ArgumentBinder.TryBind(
            Function, [new ReceivedArgument("text", new byte[] { 0x82 })], ValueLimits.Default, out _);
        AssertBad("text", "not well-formed", error);
    }

    private static CallError? Bind(out IReadOnlyList<BoundArgument> bound, params (string Name, object? Value)[] arguments)
    {
        ReceivedArgument[] received = [.. arguments.Select(a => new ReceivedArgument(a.Name, ValueCodec.Encode(a.Value)))];
        return ArgumentBinder.TryBind(Function, received, ValueLimits.Default, out bound);
    }

    private static void AssertBad(string argument, string message, CallError? error)
    {
        Assert.Equal(CallErrorCode.BadArguments, error!.Code);
        Assert.Equal(argument, error.ArgumentName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
