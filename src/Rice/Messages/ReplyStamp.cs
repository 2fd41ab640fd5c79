namespace Piccolo.Rice.Messages;

/// <summary>Who made an answer, when, and for whose Interests: what tells an answer of the function from one of a cache.</summary>
/// <remarks>
/// A caller that finds a Nonce of its own among <see cref="AnsweredNonces"/> knows that its Interest reached the server. Any other
/// answer was made for somebody else's Interest: it came out of a cache, out of the server's store of results, or was shared in
/// flight. No clocks are compared.
/// </remarks>
/// <param name="Run">The run of the server.</param>
/// <param name="ProducedAtUnixMs">The server's clock when it made the answer.</param>
/// <param name="HeldMs">How long the Interest waited at the server.</param>
/// <param name="AnsweredNonces">Nonces of the Interests that waited for this answer; at most
/// <see cref="CallLimits.AnsweredNonceCountMax"/>.</param>
public sealed record ReplyStamp(RunId Run, ulong ProducedAtUnixMs, ulong HeldMs, IReadOnlyList<uint> AnsweredNonces)
{
    /// <summary>Whether one of these Nonces is echoed.</summary>
    public bool Answers(IReadOnlyList<uint> nonces)
    {
        ArgumentNullException.ThrowIfNull(nonces);
        for (int i = 0; i < AnsweredNonces.Count; i++)
        {
            for (int j = 0; j < nonces.Count; j++)
            {
                if (AnsweredNonces[i] == nonces[j])
                {
                    return true;
                }
            }
        }

        return false;
    }

    internal void Write(MessageWriter writer)
    {
        writer.Element(RiceTlv.Run, Run.ToArray());
        writer.Number(RiceTlv.ProducedAt, ProducedAtUnixMs);
        writer.Number(RiceTlv.HeldMs, HeldMs);
        Span<byte> octets = stackalloc byte[4];
        for (int i = 0; i < AnsweredNonces.Count && i < CallLimits.AnsweredNonceCountMax; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets, AnsweredNonces[i]);
            writer.Element(RiceTlv.AnsweredNonce, octets);
        }
    }

    internal static ReplyStamp Read(ref MessageReader reader)
    {
        RunId run = RunId.Read(reader.RequireOctets(RiceTlv.Run, RunId.Octets));
        ulong producedAt = reader.RequireNumber(RiceTlv.ProducedAt);
        ulong held = reader.TakeNumber(RiceTlv.HeldMs) ?? 0;
        List<uint> nonces = [];
        while (nonces.Count < CallLimits.AnsweredNonceCountMax
            && reader.TryTake(RiceTlv.AnsweredNonce, out ReadOnlySpan<byte> value))
        {
            if (value.Length != 4)
            {
                reader.Fail(Ndn.Tlv.TlvStatus.BadLength);
                break;
            }

            nonces.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value));
        }

        return new ReplyStamp(run, producedAt, held, nonces);
    }
}
