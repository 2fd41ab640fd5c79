using Piccolo.Client;
using Piccolo.Ndn;

namespace Piccolo.Sdk.Connection;

/// <summary>Who listens to what a connection's client core tells; all calls come from inside the loop.</summary>
internal interface IClientEvents
{
    /// <summary>Looks at one event; what completes somebody's wait goes into <paramref name="afterwards"/>.</summary>
    void HandleEvent(in ClientEvent taken, List<Action> afterwards, Instant now);

    /// <summary>Takes what attached fetchers have.</summary>
    void HandleFetchers(List<Action> afterwards, Instant now);

    /// <summary>The connection ended: every wait must fail.</summary>
    void HandleClosed(List<Action> afterwards, string reason);
}
