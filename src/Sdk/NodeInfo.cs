using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;

namespace Piccolo.Sdk;

/// <summary>Who the local node is.</summary>
/// <param name="Name">The node's name: Interests under it are routed to the node.</param>
/// <param name="Certificate">The certificate of the key it signs with.</param>
public sealed record NodeInfo(Name Name, Certificate Certificate);
