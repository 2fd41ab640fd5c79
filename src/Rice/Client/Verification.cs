using Piccolo.Ndn.Packets;

namespace Piccolo.Rice.Client;

/// <summary>An answer whose signature is being checked, and the call it is for.</summary>
internal sealed record Verification(ClientCall Call, ClientPhase Phase, Data Data, Exchange Exchange);
