using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Packets;

public sealed class InterestEditorTests
{
    [Theory]
    [InlineData("", "0a0401020304")]
    [InlineData("2100", "21000a0401020304")]
    [InlineData("210012001e0507030801480c0164", "210012001e0507030801480a04010203040c0164")]
    [InlineData("f0000c0164", "0a0401020304f0000c0164")]
    [InlineData("0aa4b2c3d4", null)]
    [InlineData("0a04a1b2c3d4220105", "0a0401020304220105")]
    public void Nonce_goes_to_its_place(string elements, string? expected)
    {
        Name name = Name.Parse("/A");
        byte[] packet = InterestBuilder.Packet(name, elements);
        if (InterestView.TryDecode(packet, out InterestView view) != TlvStatus.Ok)
        {
            Assert.Null(expected);
            return;
        }

        byte[] edited = new byte[packet.Length + InterestEditor.GrowthOctetsMax];
        int length = InterestEditor.CopyWithNonce(view, 0x01020304, edited);
        Assert.Equal(InterestBuilder.Packet(name, expected!), edited[..length]);
    }

    [Fact]
    public void Edits_change_what_they_name_in_every_vector_and_nothing_else()
    {
        int count = 0;
        foreach (string file in (string[])["interests.json", "signed-interests.json"])
        {
            count += Vectors.Check(file, vector =>
            {
                byte[] wire = vector.Octets("wire");
                if (!vector.TryGetProperty("mustReject", out _))
                {
                    CheckEdits(wire);
                }
            });
        }

        Assert.Equal(154 + 30, count);
    }

    [Fact]
    public void Nonce_that_grows_the_outer_length_fits_the_promised_room()
    {
        byte[] packet = InterestBuilder.Packet(Name.Parse("/A"), "f0f3" + new string('0', 2 * 0xF3));
        Assert.Equal(2 + 252 - 2, packet.Length);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(packet, out InterestView view));
        byte[] edited = new byte[packet.Length + InterestEditor.GrowthOctetsMax];
        Assert.Equal(edited.Length, InterestEditor.CopyWithNonce(view, 7, edited));
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(edited, out view));
        Assert.Equal(7u, view.Nonce);
    }

    [Fact]
    public void Destination_that_is_too_short_throws()
    {
        byte[] packet = InterestBuilder.Packet(Name.Parse("/A"), "");
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            _ = InterestView.TryDecode(packet, out InterestView view);
            return InterestEditor.CopyWithNonce(view, 7, new byte[packet.Length]);
        });
    }

    private static void CheckEdits(byte[] wire)
    {
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(wire, out InterestView view));
        byte[] buffer = new byte[wire.Length + InterestEditor.GrowthOctetsMax];
        Assert.Equal(wire, buffer[..InterestEditor.Copy(view, default, buffer)]);

        InterestEdit edit = new() { Nonce = 0xCAFEBABE, HopLimit = 3, RemovesForwardingHint = true };
        int length = InterestEditor.Copy(view, edit, buffer);
        Assert.Equal(InterestEditor.SizeOf(view, edit), length);
        if (length > PacketLimits.MaxPacketOctets)
        {
            Assert.Equal(TlvStatus.TooLarge, InterestView.TryDecode(buffer.AsSpan(0, length), out _));
            return;
        }

        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(buffer.AsSpan(0, length), out InterestView edited));
        Assert.Equal(0xCAFEBABE, edited.Nonce);
        Assert.Equal(view.HasHopLimit, edited.HasHopLimit);
        Assert.Equal(view.HasHopLimit ? 3 : 255, edited.HopLimit);
        Assert.True(edited.ForwardingHint.IsEmpty);
        Assert.True(view.Name.Equals(edited.Name));
        Assert.Equal((view.CanBePrefix, view.MustBeFresh, view.LifetimeMs), (edited.CanBePrefix, edited.MustBeFresh, edited.LifetimeMs));
        Assert.True(view.ApplicationParameters.SequenceEqual(edited.ApplicationParameters));
        Assert.True(view.SignedTail.SequenceEqual(edited.SignedTail));

        // What is ignored is passed on as well: the sizes differ by the edits alone.
        int grown = view.HasNonce ? 0 : 6;
        int shrunk = view.ForwardingHint.IsEmpty ? 0 : TlvWriter.SizeOfElement(TlvType.ForwardingHint, view.ForwardingHint.Length);
        int valueLength = view.Packet.Length - view.ValueOffset + grown - shrunk;
        Assert.Equal(TlvWriter.SizeOfElement(TlvType.Interest, valueLength), length);

        length = InterestEditor.CopyWithHopLimit(view, 9, buffer);
        Assert.Equal(wire.Length, length);
        Assert.Equal(view.HasHopLimit && view.HopLimit != 9 ? 1 : 0, wire.Zip(buffer).Count(pair => pair.First != pair.Second));
        length = InterestEditor.CopyWithoutForwardingHint(view, buffer);
        Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(buffer.AsSpan(0, length), out edited));
        Assert.Equal(view.HasNonce, edited.HasNonce);
        Assert.True(edited.ForwardingHint.IsEmpty);
    }
}
