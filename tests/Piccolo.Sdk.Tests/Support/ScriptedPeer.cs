using Piccolo.Drivers;
using Piccolo.Drivers.InMemory;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Sdk.Tests.Support;

/// <summary>The other end of a client's link: keeps the Interests that come, and answers at once if told how.</summary>
internal sealed class ScriptedPeer : ILinkReceiver
{
    private readonly FramePool _frames = new();
    private readonly InMemoryLink _link;

    public ScriptedPeer(TimeProvider? time = null, PiccoloClientOptions? options = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        (InMemoryLink theirs, _link) = InMemoryLink.CreatePair(
            new HostClock(clock), new InMemoryOptions { Delivery = InMemoryDelivery.Inline });
        _link.Start(this);
        Client = PiccoloClient.Start(theirs, (options ?? new PiccoloClientOptions()) with { TimeProvider = clock });
    }

    /// <summary>The client under test; what it sends arrives here before its call returns.</summary>
    public PiccoloClient Client { get; }

    /// <summary>The Interests that came, in order.</summary>
    public List<Interest> Interests { get; } = [];

    /// <summary>The Data that came, in order.</summary>
    public List<Data> Datas { get; } = [];

    /// <summary>Gives the packet that answers an Interest, or null; runs inside the client's sending.</summary>
    public Func<Interest, byte[]?>? Answer { get; set; }

    /// <summary>Sends a packet to the client.</summary>
    public void Send(ReadOnlySpan<byte> packet)
    {
        FrameLease frame = _frames.Rent();
        packet.CopyTo(frame.Buffer.Span);
        frame.Length = packet.Length;
        _link.Send([frame]);
    }

    /// <summary>A Nack of an Interest.</summary>
    public static byte[] NackOf(Interest interest, NackReason reason) => new LpPacket
    {
        Headers = new LpHeaders { IsNack = true, NackReason = reason },
        Fragment = interest.Wire.Span,
    }.Encode();

    /// <summary>Ends the link from this side.</summary>
    public void Close() => _link.Close(LinkCloseReason.Requested);

    public void OnFrames(ILink link, ReadOnlySpan<FrameLease> frames)
    {
        foreach (FrameLease frame in frames)
        {
            byte[] octets = frame.Span.ToArray();
            frame.Dispose();
            Take(octets);
        }
    }

    public void OnClosed(ILink link, LinkCloseReason reason, string detail)
    {
    }

    private void Take(byte[] octets)
    {
        ReadOnlySpan<byte> packet = octets;
        if (LpPacketView.TryDecode(octets, out LpPacketView view) == TlvStatus.Ok && view.HasFragment)
        {
            packet = view.Fragment;
        }

        if (Interest.TryDecode(packet, out Interest? interest) == TlvStatus.Ok)
        {
            Interests.Add(interest!);
            if (Answer?.Invoke(interest!) is { } answer)
            {
                Send(answer);
            }
        }
        else if (Data.TryDecode(packet, out Data? data) == TlvStatus.Ok)
        {
            Datas.Add(data!);
        }
    }
}
