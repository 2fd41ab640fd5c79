using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;

namespace Piccolo.Sdk.Tests;

public sealed class FunctionListTests
{
    private static readonly FunctionDescriptor[] Functions =
    [
        new()
        {
            Name = Name.Parse("/fn/one"),
            Kind = FunctionKind.Pure,
            CodeVersion = 7,
            Parameters = [new ParameterDescriptor("text", ValueKind.Text), new ParameterDescriptor("n", ValueKind.Int, new byte[] { 5 })],
            ResultType = ValueKind.Map,
            Summary = "Counts what it is given.",
            TypicalMs = 12,
            ResultFreshnessMs = 34,
        },
        new() { Name = Name.Parse("/fn/two/%00"), Kind = FunctionKind.Opaque, CodeVersion = 0 },
    ];

    [Fact]
    public void What_is_encoded_is_decoded()
    {
        Assert.True(FunctionList.TryDecode(FunctionList.Encode(Functions), out IReadOnlyList<FunctionDescriptor> read));
        Assert.Equal(2, read.Count);
        for (int i = 0; i < read.Count; i++)
        {
            Assert.Equal(Functions[i].Name, read[i].Name);
            Assert.Equal(Functions[i].Kind, read[i].Kind);
            Assert.Equal(Functions[i].CodeVersion, read[i].CodeVersion);
            Assert.Equal(Functions[i].ResultType, read[i].ResultType);
            Assert.Equal(Functions[i].Summary, read[i].Summary);
            Assert.Equal(Functions[i].TypicalMs, read[i].TypicalMs);
            Assert.Equal(Functions[i].ResultFreshnessMs, read[i].ResultFreshnessMs);
            Assert.Equal(Functions[i].Parameters.Select(p => (p.Name, p.Type)), read[i].Parameters.Select(p => (p.Name, p.Type)));
        }

        Assert.False(read[0].Parameters[0].IsOptional);
        Assert.Equal(new byte[] { 5 }, read[0].Parameters[1].DefaultCbor!.Value.ToArray());
    }

    [Fact]
    public void An_empty_list_is_a_list()
    {
        Assert.Empty(FunctionList.Encode([]));
        Assert.True(FunctionList.TryDecode([], out IReadOnlyList<FunctionDescriptor> read));
        Assert.Empty(read);
    }

    [Fact]
    public void A_list_that_is_cut_anywhere_is_refused_or_shorter_and_never_throws()
    {
        byte[] whole = FunctionList.Encode(Functions);
        int boundary = FunctionList.Encode([Functions[0]]).Length;
        for (int length = 1; length < whole.Length; length++)
        {
            Assert.Equal(length == boundary, FunctionList.TryDecode(whole.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void A_stranger_among_the_entries_is_refused()
    {
        byte[] whole = FunctionList.Encode(Functions);
        Assert.False(FunctionList.TryDecode([.. whole, 0x07, 0x00], out _));
    }
}
