using Piccolo.Ndn.Naming;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>Functions and arguments that the tests use.</summary>
internal static class Sample
{
    public static readonly Name Echo = Name.Parse("/test/echo");
    public static readonly Name Count = Name.Parse("/test/count");

    public static FunctionDescriptor Pure(Name name, ulong typicalMs = 0) => new()
    {
        Name = name,
        Kind = FunctionKind.Pure,
        CodeVersion = 3,
        Parameters = [new ParameterDescriptor("data", ValueKind.Bytes)],
        TypicalMs = typicalMs,
    };

    public static FunctionDescriptor Opaque(Name name, ulong typicalMs = 0) => Pure(name, typicalMs) with { Kind = FunctionKind.Opaque };

    public static SuppliedArgument Octets(int length, int salt = 0)
    {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++)
        {
            octets[i] = (byte)((i * 31) + (i >> 8) + salt);
        }

        return new SuppliedArgument("", octets);
    }

    public static RunOutcome EchoOf(Server.RiceServerEvent run, TimeSpan duration = default) => new(run.Arguments[0].Cbor, duration);
}
