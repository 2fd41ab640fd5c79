using Piccolo.Compute.Functions;
using Piccolo.Compute.Values;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;

namespace Piccolo.Sdk.Tests.Functions;

public sealed class FunctionDefinitionTests
{
    private static readonly Name Fn = Name.Parse("/fn/one");

    private enum Colour
    {
        Red,
        Green,
    }

    private record struct Point(int X, int Y);

    [Fact]
    public void Parameters_have_the_kinds_of_their_types()
    {
        Delegate method = (bool a, byte b, sbyte c, short d, ushort e, int f, uint g, long h, ulong i, float j, double k, string l,
            byte[] m, ReadOnlyMemory<byte> n, Colour o, List<int> p, string[] q, IReadOnlyList<long> r, Dictionary<string, int> s,
            Point t, object? u, int? v) => 0;
        FunctionDescriptor descriptor = FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, method).Descriptor;

        ValueKind[] integers = [.. Enumerable.Repeat(ValueKind.Int, 8)];
        ValueKind[] expected =
        [
            ValueKind.Bool, .. integers, ValueKind.Float, ValueKind.Float, ValueKind.Text, ValueKind.Bytes, ValueKind.Bytes,
            ValueKind.Text, ValueKind.Array, ValueKind.Array, ValueKind.Array, ValueKind.Map, ValueKind.Map, ValueKind.Any, ValueKind.Int,
        ];
        Assert.Equal(expected, descriptor.Parameters.Select(parameter => parameter.Type));
        Assert.Equal("abcdefghijklmnopqrstuv", string.Concat(descriptor.Parameters.Select(parameter => parameter.Name)));
        Assert.All(descriptor.Parameters, parameter => Assert.False(parameter.IsOptional));
        Assert.Equal(ValueKind.Int, descriptor.ResultType);
    }

    [Fact]
    public async Task Defaults_travel_in_the_descriptor_and_are_what_the_method_gets()
    {
        Delegate method = (string a = "text", int b = 7, bool c = true, string? d = null, Colour e = Colour.Green, Colour? f = Colour.Red,
            double g = 0.5, ReadOnlyMemory<byte> h = default, Point p = default, int? i = null) =>
            $"{a} {b} {c} {d is null} {e} {f} {g:F1} {h.Length} {p.X} {i is null}";
        FunctionDefinition definition = FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, method);

        Assert.All(definition.Descriptor.Parameters, parameter => Assert.True(parameter.IsOptional, parameter.Name));
        Assert.Equal(new byte[] { 0xF6 }, definition.Descriptor.Parameters[3].DefaultCbor!.Value.ToArray());
        Assert.Equal("text 7 True True Green Red 0.5 0 0 True", await RunAsync(definition));
    }

    [Fact]
    public async Task Context_and_token_are_filled_in_and_are_no_parameters()
    {
        using var cancellation = new CancellationTokenSource();
        var context = new FunctionContext(Fn, cancellation.Token);
        FunctionContext? seen = null;
        CancellationToken token = default;
        FunctionDefinition definition = FunctionDefinition.FromDelegate(
            Fn, FunctionKind.Opaque, (FunctionContext given, string who, CancellationToken stop) =>
            {
                seen = given;
                token = stop;
                given.Charge(5);
                return who;
            });

        ParameterDescriptor parameter = Assert.Single(definition.Descriptor.Parameters);
        Assert.Equal("who", parameter.Name);
        Assert.Equal("you", await RunAsync(definition, context, "you"));
        Assert.Same(context, seen);
        Assert.Equal(cancellation.Token, token);
        Assert.Equal(5ul, context.FuelCharged);
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => context.Charge(1));
    }

    [Fact]
    public async Task Results_of_every_form_are_awaited()
    {
        Assert.Equal(1L, await ResultOfAsync(() => 1));
        Assert.Equal(2L, await ResultOfAsync(async () =>
        {
            await Task.Yield();
            return 2;
        }));
        Assert.Equal(3L, await ResultOfAsync(() => Task.FromResult(3)));
        Assert.Equal(4L, await ResultOfAsync(() => ValueTask.FromResult(4)));
        Assert.Null(await ResultOfAsync(() => { }));
        Assert.Null(await ResultOfAsync(() => Task.CompletedTask));
        Assert.Null(await ResultOfAsync(async Task () => await Task.Yield()));
        Assert.Null(await ResultOfAsync(() => ValueTask.CompletedTask));
        Assert.Null(await ResultOfAsync(async ValueTask () => await Task.Yield()));
    }

    [Fact]
    public void Result_types_are_those_inside_the_task()
    {
        Assert.Equal(ValueKind.Text, KindOfResult(() => Task.FromResult("")));
        Assert.Equal(ValueKind.Bytes, KindOfResult(() => ValueTask.FromResult(Array.Empty<byte>())));
        Assert.Equal(ValueKind.Map, KindOfResult(() => new Point(1, 2)));
        Assert.Equal(ValueKind.Any, KindOfResult(() => { }));
        Assert.Equal(ValueKind.Any, KindOfResult(() => Task.CompletedTask));
        Assert.Equal(ValueKind.Any, KindOfResult(() => ValueTask.CompletedTask));
    }

    [Fact]
    public async Task Exceptions_come_out_as_they_were_thrown()
    {
        FunctionDefinition now = FunctionDefinition.FromDelegate(
            Fn, FunctionKind.Pure, int (int n) => throw new InvalidOperationException($"not {n}"));
        FunctionDefinition later = FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, async Task<int> (int n) =>
        {
            await Task.Yield();
            throw new InvalidOperationException($"not {n}");
        });

        Assert.Equal("not 1", (await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(now, null, 1L))).Message);
        Assert.Equal("not 2", (await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(later, null, 2L))).Message);
    }

    [Fact]
    public async Task An_argument_that_does_not_fit_is_named()
    {
        FunctionDefinition definition = FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, (int small, byte tiny) => small + tiny);
        var error = await Assert.ThrowsAsync<FunctionArgumentException>(() => RunAsync(definition, null, 1L, 256L));
        Assert.Equal("tiny", error.Argument);
        Assert.Contains("256", error.Message, StringComparison.Ordinal);
    }

    public delegate int ByReference(ref int value);

    [Fact]
    public void Types_that_no_value_can_have_are_named_with_their_parameter()
    {
        RefusesParameter((DateTime when) => 0, "when", "System.DateTime");
        RefusesParameter((DateTimeOffset when) => 0, "when", "System.DateTimeOffset");
        RefusesParameter((TimeSpan span) => 0, "span", "System.TimeSpan");
        RefusesParameter((Guid id) => 0, "id", "System.Guid");
        RefusesParameter((decimal price) => 0, "price", "System.Decimal");
        RefusesParameter((char letter) => 0, "letter", "System.Char");
        RefusesParameter((Action callback) => 0, "callback", "System.Action");
        RefusesParameter((Stream stream) => 0, "stream", "System.IO.Stream");
        RefusesParameter((List<Guid> ids) => 0, "ids", "System.Guid");
        RefusesParameter((Dictionary<int, string> table) => 0, "table", "Dictionary");
        RefusesParameter((HashSet<string> set) => 0, "set", "HashSet");
        RefusesParameter(new ByReference((ref int value) => value), "value", "System.Int32&");
    }

    [Fact]
    public void A_result_type_that_no_value_can_have_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, () => Task.FromResult(Guid.Empty)));
        Assert.Contains("/fn/one", error.Message, StringComparison.Ordinal);
        Assert.Contains("System.Guid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_make_functions_of_methods()
    {
        IReadOnlyList<FunctionDefinition> definitions = FunctionDefinition.FromAttributes(new Sample("Hello"));
        Assert.Equal(["/s/add", "/s/greet"], definitions.Select(d => d.Descriptor.Name.ToString()).Order(StringComparer.Ordinal));

        FunctionDefinition greet = definitions.Single(d => d.Descriptor.Name == Name.Parse("/s/greet"));
        Assert.Equal(FunctionKind.Opaque, greet.Descriptor.Kind);
        Assert.Equal(3ul, greet.Descriptor.CodeVersion);
        Assert.Equal("Greets.", greet.Descriptor.Summary);
        Assert.Equal(20ul, greet.Descriptor.TypicalMs);
        Assert.Equal(50ul, greet.Descriptor.ResultFreshnessMs);
        Assert.Equal("Hello, World", await RunAsync(greet, null, "World"));

        FunctionDefinition add = definitions.Single(d => d.Descriptor.Name == Name.Parse("/s/add"));
        Assert.Equal(FunctionKind.Pure, add.Descriptor.Kind);
        Assert.Equal(3_600_000ul, add.Descriptor.ResultFreshnessMs);
        Assert.Equal(5L, await RunAsync(add, null, 2L, 3L));
    }

    [Fact]
    public void An_object_without_functions_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => FunctionDefinition.FromAttributes(new object()));
        Assert.Contains("System.Object", error.Message, StringComparison.Ordinal);
    }

    private static void RefusesParameter(Delegate method, string parameter, string type)
    {
        var error = Assert.Throws<ArgumentException>(() => FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, method));
        Assert.Contains("/fn/one", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{parameter}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(type, error.Message, StringComparison.Ordinal);
    }

    private static ValueKind KindOfResult(Delegate method) =>
        FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, method).Descriptor.ResultType;

    private static Task<object?> ResultOfAsync(Delegate method) => RunAsync(FunctionDefinition.FromDelegate(Fn, FunctionKind.Pure, method));

    private static async Task<object?> RunAsync(FunctionDefinition definition, FunctionContext? context = null, params object?[] values)
    {
        IReadOnlyList<ParameterDescriptor> parameters = definition.Descriptor.Parameters;
        BoundArgument[] bound = new BoundArgument[parameters.Count];
        for (int i = 0; i < bound.Length; i++)
        {
            byte[] cbor = i < values.Length ? ValueCodec.Encode(values[i]) : parameters[i].DefaultCbor!.Value.ToArray();
            Assert.True(ValueCodec.TryDecode(cbor, ValueLimits.Default, out object? value, out _));
            bound[i] = new BoundArgument(parameters[i], value, cbor);
        }

        byte[] result = await definition.RunAsync(bound, context ?? new FunctionContext(Fn, CancellationToken.None));
        Assert.True(ValueCodec.TryDecode(result, ValueLimits.Default, out object? read, out _));
        return read;
    }

    private sealed class Sample(string greeting)
    {
        [PiccoloFunction("/s/add", FunctionKind.Pure)]
        public static int Add(int a, int b) => a + b;

        [PiccoloFunction("/s/greet", FunctionKind.Opaque, Version = 3, Summary = "Greets.", TypicalMs = 20, ResultFreshnessMs = 50)]
        private string Greet(string who) => $"{greeting}, {who}";
    }
}
