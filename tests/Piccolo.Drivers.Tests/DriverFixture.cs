using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Tests;

/// <summary>One listener, one outgoing link, and receivers on both ends.</summary>
internal sealed class DriverFixture : IDisposable
{
    private readonly TaskCompletionSource<ICountedLink> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _folder = Directory.CreateTempSubdirectory("drivers-").FullName;

    internal DriverFixture(DriverOptions? options = null)
    {
        Clock = new HostClock(TimeProvider.System);
        Factory = new LinkFactory(Pool, Clock, options ?? new DriverOptions());
    }

    internal FramePool Pool { get; } = new();

    internal HostClock Clock { get; }

    internal LinkFactory Factory { get; }

    internal RecordingReceiver Near { get; } = new();

    internal RecordingReceiver Far { get; } = new();

    internal ICountedListener Listener { get; private set; } = null!;

    internal ICountedLink NearLink { get; private set; } = null!;

    internal ICountedLink FarLink { get; private set; } = null!;

    /// <summary>Where to listen, for each scheme the tests use.</summary>
    internal string ListenUri(string scheme) => scheme switch
    {
        "unix" => "unix://" + Path.Combine(_folder, "nfd.sock"),
        "tcp6" or "udp6" => scheme + "://[::1]:0",
        _ => scheme + "://127.0.0.1:0",
    };

    /// <summary>Listens, connects from another factory, and accepts; UDP needs a frame for that, which is consumed.</summary>
    internal async Task ConnectAsync(string scheme, FacePersistency persistency = FacePersistency.Persistent)
    {
        Listen(scheme);
        // Another factory, so that UDP does not share the listener's socket.
        var other = new LinkFactory(Pool, Clock, new DriverOptions());
        NearLink = await other.OpenAsync(Listener.LocalUri, persistency, CancellationToken.None);
        NearLink.Start(Near);
        if (scheme.StartsWith("udp", StringComparison.Ordinal))
        {
            NearLink.Send(TestFrames.Rent(Pool, TestFrames.Make(20)));
            await Far.ReceiveAsync(1);
        }

        FarLink = await _accepted.Task.WaitAsync(RecordingReceiver.Patience);
    }

    internal void Listen(string scheme)
    {
        Listener = Factory.Listen(ListenUri(scheme));
        Listener.Start(link =>
        {
            link.Start(Far);
            _accepted.TrySetResult((ICountedLink)link);
        });
    }

    internal async Task EndAsync()
    {
        NearLink?.Close(LinkCloseReason.Requested);
        FarLink?.Close(LinkCloseReason.Requested);
        Listener?.Close();
        await TestFrames.AllLeasesAreBackAsync(Pool);
    }

    public void Dispose()
    {
        Listener?.Close();
        Directory.Delete(_folder, recursive: true);
    }
}
