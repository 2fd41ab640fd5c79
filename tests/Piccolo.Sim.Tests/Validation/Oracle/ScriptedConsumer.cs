using System.Text;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Validation.Oracle;

/// <summary>Asks for given names at given times, and notes when each answer comes.</summary>
internal sealed class ScriptedConsumer(IReadOnlyList<(long TimeNs, string Name)> script, ulong lifetimeMs) : SimApplication
{
    private readonly byte[] _packet = new byte[256];

    /// <summary>Answers: when, and to what.</summary>
    public List<(long TimeNs, string Name)> Answers { get; } = [];

    protected override void OnStart()
    {
        foreach ((long timeNs, string name) in script)
        {
            Schedule(timeNs - NowNs, () => Ask(name));
        }
    }

    protected override void OnData(in LpHeaders headers, in DataView data) => Answers.Add((NowNs, data.Name.ToString()));

    private void Ask(string name)
    {
        string[] components = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int nameLength = components.Sum(component => 2 + component.Length);
        var writer = new TlvWriter(_packet);
        writer.WriteHeader(TlvType.Interest, 2 + nameLength + 10);
        writer.WriteHeader(TlvType.Name, nameLength);
        foreach (string component in components)
        {
            writer.WriteElement(TlvType.GenericNameComponent, Encoding.ASCII.GetBytes(component));
        }

        Span<byte> nonce = stackalloc byte[4];
        BitConverter.TryWriteBytes(nonce, Random.NextUInt32());
        writer.WriteElement(TlvType.Nonce, nonce);
        writer.WriteNumber(TlvType.InterestLifetime, lifetimeMs);
        Send(writer.Written);
    }
}
