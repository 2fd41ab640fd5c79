using Piccolo.Ndn.Tlv;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>Sends Interests of given sizes after given gaps, and remembers when; nobody answers.</summary>
internal sealed class PacketSource(Distribution gapNs, Distribution octets, int count) : SimApplication
{
    private const int OctetsMin = 40;
    private const int OctetsMax = 8700;

    private readonly byte[] _packet = new byte[9000];
    private readonly byte[] _padding = new byte[9000];
    private int _next;

    /// <summary>When each was sent.</summary>
    public long[] SentNs { get; } = new long[count];

    /// <summary>How many were sent.</summary>
    public int SentCount => _next;

    protected override void OnStart() => SendNext();

    private void SendNext()
    {
        SentNs[_next] = NowNs;
        Send(Encode(_next++, (int)Math.Clamp(octets.Next(Random), OctetsMin, OctetsMax)));
        if (_next < SentNs.Length)
        {
            Schedule(Math.Max(1, gapNs.Next(Random)), SendNext);
        }
    }

    /// <summary>/q/NUMBER/PADDING: as long as asked for, or an octet or two more where a length field jumps.</summary>
    private ReadOnlySpan<byte> Encode(int number, int total)
    {
        const int Rest = 2 + 2 + 3 + 6 + 2 + 6 + 3;
        int padding = Math.Max(0, total - Rest - (total > 270 ? 6 : 0));
        int nameLength = 9 + TlvWriter.SizeOfElement(TlvType.GenericNameComponent, padding);
        int length = TlvWriter.SizeOfElement(TlvType.Name, nameLength) + 9;
        var writer = new TlvWriter(_packet);
        writer.WriteHeader(TlvType.Interest, length);
        writer.WriteHeader(TlvType.Name, nameLength);
        writer.WriteElement(TlvType.GenericNameComponent, "q"u8);
        Span<byte> four = stackalloc byte[4];
        BitConverter.TryWriteBytes(four, number);
        writer.WriteElement(TlvType.GenericNameComponent, four);
        writer.WriteElement(TlvType.GenericNameComponent, _padding.AsSpan(0, padding));
        BitConverter.TryWriteBytes(four, Random.NextUInt32());
        writer.WriteElement(TlvType.Nonce, four);
        writer.WriteNumber(TlvType.InterestLifetime, 10);
        return writer.Written;
    }
}
