using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Tests.Messages;

/// <summary>The octets of docs/wire/rice.md both ways, round trips, and what mutated octets do.</summary>
public sealed class MessageTests
{
    private static readonly RunId Run = new(0x0001020304050607, 0x08090A0B0C0D0E0F);
    private static readonly ReplyStamp Stamp = new(Run, 1_700_000_000_000, 5, [0x11223344]);

    public static TheoryData<string> Examples => [.. All().Keys];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_has_the_octets_that_the_wire_page_shows(string title)
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "wire", "rice.md"))
            .ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);

        string octets = Convert.ToHexString(All()[title]);

        Assert.True(page.Contains(octets, StringComparison.Ordinal), $"docs/wire/rice.md lacks {title}: {octets}");
    }

    [Fact]
    public void Call_parameters_survive_the_wire()
    {
        Assert.Equal(TlvStatus.Ok, CallParameters.TryDecode(All()["opaque call"], out CallParameters? read));

        Assert.Equal(1_700_000_000_000ul, read!.IssuedAtUnixMs);
        Assert.Equal(8000ul, read.LifetimeMs);
        Assert.Equal(Run, read.TargetRun);
        Assert.Equal("image", read.Arguments[1].Name);
        Assert.Equal(20_000, read.Arguments[1].Reference!.Size);
        Assert.Equal(All()["opaque call"], read.Encode());
    }

    [Fact]
    public void Every_example_decodes_and_encodes_to_the_same_octets()
    {
        foreach ((string title, byte[] octets) in All())
        {
            Assert.True(octets.AsSpan().SequenceEqual(Recode(title, octets)), title);
        }
    }

    [Fact]
    public void Unknown_even_elements_are_skipped_and_odd_ones_refused()
    {
        byte[] plain = All()["result"];
        byte[] Extended(byte low)
        {
            var writer = new MessageWriter();
            int mark = writer.Begin(RiceTlv.CallReply);
            writer.Raw(plain.AsSpan(4));
            writer.Element(0xC900u | low, [1, 2]);
            writer.End(mark);
            return writer.ToArray();
        }

        Assert.Equal(TlvStatus.Ok, CallReply.TryDecode(Extended(0x7E), out CallReply? reply));
        Assert.Equal("83010203", Convert.ToHexString(reply!.Result!.Value.Span));
        Assert.Equal(TlvStatus.UnknownCritical, CallReply.TryDecode(Extended(0x7F), out _));
    }

    [Fact]
    public void Codes_that_only_callers_conclude_are_refused_on_the_wire()
    {
        byte[] octets = CallReply.WithError(Stamp, new CallError(CallErrorCode.NoRoute, "lie")).Encode();

        Assert.Equal(TlvStatus.BadNumber, CallReply.TryDecode(octets, out _));
    }

    [Fact]
    public void Long_error_messages_are_cut_between_characters()
    {
        byte[] octets = CallReply.WithError(Stamp, new CallError(CallErrorCode.FunctionFailed, new string('ä', 5000))).Encode();

        Assert.Equal(TlvStatus.Ok, CallReply.TryDecode(octets, out CallReply? reply));
        Assert.Equal(new string('ä', CallLimits.MessageOctetsMax / 2), reply!.Error!.Message);
    }

    [Fact]
    public void Mutated_messages_are_refused_or_read_and_never_throw()
    {
        IRandomSource random = new XoshiroRandomSource(5);
        int refused = 0;
        foreach ((string title, byte[] octets) in All())
        {
            for (int round = 0; round < 3000; round++)
            {
                byte[] mutated = octets[..(round % 4 == 0 ? (int)random.NextBelow((uint)octets.Length) : octets.Length)];
                for (int i = 0; i < 1 + (round % 3) && mutated.Length > 0; i++)
                {
                    mutated[random.NextBelow((uint)mutated.Length)] = (byte)random.NextUInt32();
                }

                refused += Recode(title, mutated) is null ? 1 : 0;
            }
        }

        Assert.True(refused > 1000, "mutations were hardly ever refused");
    }

    private static byte[]? Recode(string title, byte[] octets)
    {
        switch (title)
        {
            case "descriptor":
                _ = FunctionDescriptor.TryDecodeMetadata(octets, Name.Parse("/fn"), out FunctionDescriptor? descriptor);
                return descriptor?.EncodeMetadata();
            case "pure call" or "opaque call":
                _ = CallParameters.TryDecode(octets, out CallParameters? parameters);
                return parameters?.Encode();
            case "running" or "done":
                _ = ThunkStatus.TryDecode(octets, out ThunkStatus? status);
                return status?.Encode();
            default:
                _ = CallReply.TryDecode(octets, out CallReply? reply);
                return reply?.Encode();
        }
    }

    private static Dictionary<string, byte[]> All()
    {
        byte[] sha256 = new byte[32];
        sha256.AsSpan().Fill(0xAB);
        var large = new ObjectReference(20_000, sha256, 3);
        var result = CallReply.WithResult(Stamp, Convert.FromHexString("83010203"));
        return new Dictionary<string, byte[]>
        {
            ["descriptor"] = new FunctionDescriptor
            {
                Name = Name.Parse("/fn"),
                Kind = FunctionKind.Pure,
                CodeVersion = 3,
                Run = Run,
                Parameters = [new("data", ValueKind.Bytes), new("limit", ValueKind.Int, Convert.FromHexString("F6"))],
                ResultType = ValueKind.Map,
                Summary = "counts",
                TypicalMs = 20,
            }.EncodeMetadata(),
            ["pure call"] = new CallParameters { Arguments = [CallArgument.FromValue("data", Convert.FromHexString("426869"))] }.Encode(),
            ["opaque call"] = new CallParameters
            {
                Arguments = [CallArgument.FromValue("", Convert.FromHexString("01")), CallArgument.FromReference("image", large)],
                IssuedAtUnixMs = 1_700_000_000_000,
                LifetimeMs = 8000,
                TargetRun = Run,
            }.Encode(),
            ["result"] = result.Encode(),
            ["reference"] = CallReply.WithReference(Stamp, new ResultReference(Name.Parse("/r"), large)).Encode(),
            ["thunk"] = CallReply.WithThunk(Stamp, new ThunkReference(Name.Parse("/t"), 5000, 60_000)).Encode(),
            ["error"] = CallReply.WithError(Stamp, new CallError(CallErrorCode.BadArguments, "is missing", "data")).Encode(),
            ["running"] = new ThunkStatus
            {
                Stamp = Stamp,
                State = JobState.Running,
                RemainingMs = 700,
                ExpiryMs = 60_000,
                ProgressPermille = 500,
            }.Encode(),
            ["done"] = new ThunkStatus { Stamp = Stamp, State = JobState.Done, ExpiryMs = 60_000, Final = result }.Encode(),
        };
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Piccolo.Icn.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}
