using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Sim.Applications;

/// <summary>Answers every Interest under its prefix with a signed Data of that very name.</summary>
public sealed class Producer : SimApplication
{
    private const int HeaderMax = 4;

    private readonly ProducerSettings _settings;
    private readonly byte[] _packet = new byte[PacketLimits.MaxPacketOctets + HeaderMax];
    private readonly byte[] _signature = new byte[256];
    private byte[] _tail = [];
    private ISigner _signer = DigestSha256Signer.Instance;

    /// <summary>A producer that nothing has started.</summary>
    /// <exception cref="ScenarioException">A setting is impossible.</exception>
    public Producer(ProducerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        int room = PacketLimits.MaxPacketOctets - settings.Prefix.EncodedLength - 512;
        if (settings.PayloadOctets < 0 || settings.PayloadOctets > room)
        {
            throw new ScenarioException($"a payload of {settings.PayloadOctets} octets does not fit a packet; 0 to {room} do");
        }

        if (settings.DelayNs < 0)
        {
            throw new ScenarioException($"a producer cannot answer {settings.DelayNs} ns after an Interest; give it a delay of 0 or more");
        }

        _settings = settings;
    }

    /// <inheritdoc/>
    public override string Name => "producer";

    /// <summary>Interests left alone because name and content together are too long for a packet.</summary>
    public long UnanswerableCount { get; private set; }

    /// <summary>Interests answered.</summary>
    public long AnsweredCount { get; private set; }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _signer = PacketKeys.SignerFor(_settings.Signing, Node.Network.Seed);
        _tail = MakeTail();
        Register(_settings.Prefix);
    }

    /// <inheritdoc/>
    protected override void OnStop() => Node.RemoveRoute(_settings.Prefix, Face);

    /// <inheritdoc/>
    protected override void OnInterest(in LpHeaders headers, in InterestView interest)
    {
        if (interest.CanBePrefix && interest.Name.Count == _settings.Prefix.Count)
        {
            return;
        }

        if (SizeOfAnswer(interest.Name.Value.Length) > PacketLimits.MaxPacketOctets)
        {
            UnanswerableCount++;
            return;
        }

        AnsweredCount++;
        if (_signer.Type != SignatureType.DigestSha256)
        {
            Node.Cpu.ChargeSigning();
        }

        ReadOnlySpan<byte> packet = Answer(interest.Name.Value);
        if (_settings.DelayNs == 0)
        {
            Send(packet);
            return;
        }

        byte[] kept = packet.ToArray();
        Schedule(_settings.DelayNs, () => Send(kept));
    }

    private int SizeOfAnswer(int nameLength) => TlvWriter.SizeOfElement(
        TlvType.Data,
        TlvWriter.SizeOfElement(TlvType.Name, nameLength) + _tail.Length
            + TlvWriter.SizeOfElement(TlvType.SignatureValue, _signer.MaxSignatureOctets));

    private ReadOnlySpan<byte> Answer(ReadOnlySpan<byte> nameValue)
    {
        int signedLength = TlvWriter.SizeOfElement(TlvType.Name, nameValue.Length) + _tail.Length;
        var body = new TlvWriter(_packet.AsSpan(HeaderMax));
        body.WriteElement(TlvType.Name, nameValue);
        body.WriteRaw(_tail);
        int signatureLength = _signer.Sign(_packet.AsSpan(HeaderMax, signedLength), _signature);
        body.WriteElement(TlvType.SignatureValue, _signature.AsSpan(0, signatureLength));

        // The header is written last, right before the body, because its own length depends on the body's.
        int headerLength = TlvWriter.SizeOfElement(TlvType.Data, body.Position) - body.Position;
        var header = new TlvWriter(_packet.AsSpan(HeaderMax - headerLength));
        header.WriteHeader(TlvType.Data, body.Position);
        return _packet.AsSpan(HeaderMax - headerLength, headerLength + body.Position);
    }

    /// <summary>MetaInfo, Content and SignatureInfo are alike in all answers.</summary>
    private byte[] MakeTail()
    {
        byte[] payload = new byte[_settings.PayloadOctets];
        Random.Fill(payload);
        var info = new SignatureInfo { Type = _signer.Type, KeyLocator = _signer.KeyLocator };
        byte[] whole = new UnsignedData(
            new DataFields { Name = _settings.Prefix, FreshnessPeriodMs = _settings.FreshnessMs, Content = payload }, info)
            .SignedPortion.ToArray();
        return whole[_settings.Prefix.EncodedLength..];
    }
}
