namespace Piccolo.Ndn.Link;

/// <summary>A place where peers can reach us; hands over a link for each peer that comes.</summary>
public interface IListener
{
    /// <summary>Where it listens, as a FaceUri, with the real port when port 0 was asked for.</summary>
    string LocalUri { get; }

    /// <summary>Begins to accept.</summary>
    /// <param name="onAccepted">
    /// Gets each accepted link, not yet started, on the driver's threads; must call <see cref="ILink.Start"/> or
    /// <see cref="ILink.Close"/> on it before it returns.
    /// </param>
    void Start(Action<ILink> onAccepted);

    /// <summary>Stops accepting. Links handed over before live on.</summary>
    void Close();
}
