using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tests.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>Every vector of data.json, read and written; whether signatures verify is for the tests of Security.</summary>
public sealed class DataVectorTests
{
    /// <summary>Vectors whose octets an encoder of ours would not choose: ignored elements, defaults spelt out, a wide number.</summary>
    private static readonly string[] NotReproduced =
    [
        "empty-meta", "explicit-default-type", "empty-content-present", "unknown-noncritical", "unknown-noncritical-after-sig",
        "sigtype-long-nni",
    ];

    [Fact]
    public void Data_is_read_and_written_as_in_the_vectors()
    {
        int reproduced = 0;
        int count = Vectors.Check("data.json", vector =>
        {
            byte[] wire = vector.Octets("wire");
            JsonElement expected = vector.GetProperty("expect");
            AssertView(expected, wire);
            Assert.Equal(TlvStatus.Ok, Data.TryDecode(wire, out Data? data));
            AssertData(expected, data!, wire);
            if (!NotReproduced.Contains(vector.Text("id")))
            {
                Assert.Equal(wire, Rebuild(data!));
                reproduced++;
            }
        });
        Assert.Equal(105, count);
        Assert.Equal(105 - NotReproduced.Length, reproduced);
    }

    internal static void AssertSignatureInfo(JsonElement expected, SignatureInfo? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }

        Assert.Equal(expected.Number("type"), (ulong)actual!.Type);
        Assert.Equal(expected.Text("keyLocatorName"), actual.KeyLocator?.Name?.ToString());
        Assert.Equal(
            expected.Text("keyLocatorDigest"),
            actual.KeyLocator?.Digest is { } digest ? Convert.ToHexStringLower(digest.Span) : null);
        Assert.Equal(expected.Text("nonce"), actual.Nonce is { } nonce ? Convert.ToHexStringLower(nonce.Span) : null);
        Assert.Equal(expected.Number("timeMs"), actual.TimeMs);
        Assert.Equal(expected.Number("seqNum"), actual.SequenceNumber);
    }

    private static void AssertView(JsonElement expected, byte[] wire)
    {
        Assert.Equal(TlvStatus.Ok, DataView.TryDecode(wire, out DataView view));
        Assert.Equal(wire, view.Packet.ToArray());
        NameVectorTests.AssertName(expected.GetProperty("name"), view.Name);
        Assert.Equal(expected.Number("contentType"), view.ContentType);
        Assert.Equal(expected.Number("freshnessPeriodMs"), view.FreshnessPeriodMs);
        AssertFinalBlockId(expected, NameComponent.TryDecode(view.FinalBlockId, out NameComponent last) == TlvStatus.Ok ? last : null);
        Assert.Equal(expected.Text("content"), Convert.ToHexStringLower(view.Content));
        Assert.Equal(expected.Text("sigValue"), Convert.ToHexStringLower(view.SignatureValue));
        Assert.Equal(expected.Text("signedPortion"), Convert.ToHexStringLower(view.SignedPortion));
        Assert.Equal(expected.GetProperty("sigInfo").Number("type"), (ulong)view.SignatureType);
        Assert.Equal(TlvStatus.Ok, view.TryGetSignatureInfo(out SignatureInfo? info));
        AssertSignatureInfo(expected.GetProperty("sigInfo"), info);
        byte[] digest = new byte[32];
        view.WriteImplicitDigest(digest);
        Assert.Equal(expected.Text("implicitDigest"), Convert.ToHexStringLower(digest));
    }

    private static void AssertData(JsonElement expected, Data data, byte[] wire)
    {
        NameVectorTests.AssertName(expected.GetProperty("name"), data.Name.View);
        Assert.Equal(expected.Text("fullName"), data.FullName.ToString());
        Assert.Equal(expected.Number("contentType"), data.ContentType);
        Assert.Equal(expected.Number("freshnessPeriodMs"), data.FreshnessPeriodMs);
        AssertFinalBlockId(expected, data.FinalBlockId);
        Assert.Equal(expected.Text("content"), Convert.ToHexStringLower(data.Content.Span));
        AssertSignatureInfo(expected.GetProperty("sigInfo"), data.SignatureInfo);
        Assert.Equal(expected.Text("sigValue"), Convert.ToHexStringLower(data.SignatureValue.Span));
        Assert.Equal(expected.Text("signedPortion"), Convert.ToHexStringLower(data.SignedPortion.Span));
        Assert.Equal(expected.Text("implicitDigest"), Convert.ToHexStringLower(data.ImplicitDigest));
        Assert.Equal(wire, data.Wire.ToArray());
    }

    private static void AssertFinalBlockId(JsonElement expected, NameComponent? actual)
    {
        JsonElement last = expected.GetProperty("finalBlockId");
        if (last.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }

        Assert.Equal(new NameComponent((ushort)last.Number("type")!.Value, last.Octets("value")), actual);
        Assert.Equal(last.Text("uri"), actual.ToString());
    }

    private static byte[] Rebuild(Data data)
    {
        DataFields fields = new()
        {
            Name = data.Name,
            ContentType = data.ContentType,
            FreshnessPeriodMs = data.FreshnessPeriodMs,
            FinalBlockId = data.FinalBlockId,
            Content = data.Content,
        };
        UnsignedData unsigned = new(fields, data.SignatureInfo);
        Assert.Equal(data.SignedPortion.ToArray(), unsigned.SignedPortion.ToArray());
        return unsigned.Complete(data.SignatureValue.Span);
    }
}
