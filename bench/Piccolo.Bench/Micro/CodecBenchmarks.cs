using BenchmarkDotNet.Attributes;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Bench.Micro;

/// <summary>Packets to octets and back, and what names cost. Four components, 100 octets of payload.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private readonly byte[] _interest = BenchNode.MakeInterest();
    private readonly byte[] _data = BenchNode.MakeData();
    private readonly byte[] _payload = new byte[100];
    private readonly Name _name = BenchNode.NameOf(PatchedPacket.Placeholder);
    private readonly Name _sameName = BenchNode.NameOf(PatchedPacket.Placeholder);
    private readonly NameHasher _hasher = new(1, 2);
    private readonly ulong[] _hashes = new ulong[8];

    [Benchmark]
    public bool DecodeInterest() => InterestView.TryDecode(_interest, out InterestView view) == TlvStatus.Ok && view.HasNonce;

    [Benchmark]
    public bool DecodeData() => DataView.TryDecode(_data, out DataView view) == TlvStatus.Ok && view.Content.Length == 100;

    [Benchmark]
    public Interest? DecodeInterestToObject() => Interest.TryDecode(_interest, out Interest? interest) == TlvStatus.Ok ? interest : null;

    [Benchmark]
    public Data? DecodeDataToObject() => Data.TryDecode(_data, out Data? data) == TlvStatus.Ok ? data : null;

    [Benchmark]
    public byte[] EncodeInterest() => new Interest { Name = _name, Nonce = 7, LifetimeMs = 4000 }.Encode();

    [Benchmark]
    public Data EncodeDataWithDigest() => Data.Create(_name, _payload, DigestSha256Signer.Instance);

    [Benchmark]
    public int HashPrefixes() => _hasher.HashPrefixes(_name.View, _hashes);

    [Benchmark]
    public bool CompareEqualNames() => _name.View.Equals(_sameName.View);

    [Benchmark]
    public int OrderNames() => _name.View.CompareTo(_sameName.View);
}
