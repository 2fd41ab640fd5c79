using System.Net.Sockets;
using Piccolo.Ndn.Buffers;

namespace Piccolo.Drivers.Streams;

/// <summary>What a stream link shares with the others of its driver, and what it may do.</summary>
/// <param name="Pool">Where received frames are rented.</param>
/// <param name="Clock">Stamps arrivals and times reconnections.</param>
/// <param name="Options">Sizes and times.</param>
/// <param name="Reconnect">Connects to the same peer again; null for accepted links.</param>
/// <param name="IsPersistencyAdjustable">Whether the persistency may be changed.</param>
/// <param name="OnReleased">Called once when the link has ended; null when nobody counts it.</param>
internal sealed record StreamLinkSettings(
    FramePool Pool,
    HostClock Clock,
    StreamOptions Options,
    Func<CancellationToken, Task<Socket>>? Reconnect = null,
    bool IsPersistencyAdjustable = false,
    Action? OnReleased = null);
