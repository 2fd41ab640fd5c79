using System.Globalization;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Tlv;

/// <summary>Every vector of tlv.json, read and written.</summary>
public sealed class TlvVectorTests
{
    private const string File = "tlv.json";
    private const int VectorCount = 44;

    [Fact]
    public void Numbers_are_read_and_written_as_in_the_vectors()
    {
        int count = Vectors.Check(File, CheckVarNumber, "var-number");
        count += Vectors.Check(File, CheckBadVarNumber, "bad-var-number");
        count += Vectors.Check(File, CheckInteger, "nni");
        count += Vectors.Check(
            File, vector => Assert.False(NonNegativeInteger.TryRead(vector.Octets("wire"), out _)), "bad-nni");
        Assert.Equal(VectorCount, count);
        Assert.Equal(VectorCount, Vectors.Load(File).Count);
    }

    private static void CheckVarNumber(System.Text.Json.JsonElement vector)
    {
        byte[] wire = vector.Octets("wire");
        ulong value = ulong.Parse(vector.Text("value")!, CultureInfo.InvariantCulture);
        byte[] written = new byte[VarNumber.MaxOctets];
        Assert.Equal(wire.Length, VarNumber.SizeOf(value));
        Assert.Equal(wire.Length, VarNumber.Write(written, value));
        Assert.Equal(wire, written[..wire.Length]);

        // Octets behind the number are not its business.
        Assert.Equal(TlvStatus.Ok, VarNumber.TryRead([.. wire, 0xFF], out ulong read, out int octets));
        Assert.Equal(value, read);
        Assert.Equal(wire.Length, octets);
    }

    private static void CheckBadVarNumber(System.Text.Json.JsonElement vector)
    {
        TlvStatus expected = vector.Text("reason") == "truncated" ? TlvStatus.NeedMoreData : TlvStatus.NonMinimalNumber;
        Assert.Equal(expected, VarNumber.TryRead(vector.Octets("wire"), out _, out int octets));
        Assert.Equal(0, octets);
    }

    private static void CheckInteger(System.Text.Json.JsonElement vector)
    {
        byte[] wire = vector.Octets("wire");
        ulong value = ulong.Parse(vector.Text("value")!, CultureInfo.InvariantCulture);
        byte[] written = new byte[8];
        Assert.Equal(wire.Length, NonNegativeInteger.SizeOf(value));
        Assert.Equal(wire.Length, NonNegativeInteger.Write(written, value));
        Assert.Equal(wire, written[..wire.Length]);
        foreach (string form in vector.GetProperty("alsoDecodes").EnumerateArray().Select(e => e.GetString()!).Append(vector.Text("wire")!))
        {
            Assert.True(NonNegativeInteger.TryRead(Convert.FromHexString(form), out ulong read), form);
            Assert.Equal(value, read);
        }
    }
}
