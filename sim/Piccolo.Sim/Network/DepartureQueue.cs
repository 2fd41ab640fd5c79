namespace Piccolo.Sim.Network;

/// <summary>Frames that wait for a transmitter whose queue decides at departure.</summary>
internal sealed class DepartureQueue
{
    private readonly Queue<(byte[] Buffer, int Length, long SinceNs)> _frames = new();

    /// <summary>How many wait.</summary>
    public int Count => _frames.Count;

    /// <summary>Their octets.</summary>
    public long Octets { get; private set; }

    /// <summary>Adds a frame at the end.</summary>
    public void Enqueue(byte[] buffer, int length, long nowNs)
    {
        _frames.Enqueue((buffer, length, nowNs));
        Octets += length;
    }

    /// <summary>Takes the frame that waited longest.</summary>
    public bool TryDequeue(out byte[] buffer, out int length, out long sinceNs)
    {
        bool isThere = _frames.TryDequeue(out (byte[] Buffer, int Length, long SinceNs) frame);
        (buffer, length, sinceNs) = frame;
        Octets -= length;
        return isThere;
    }

    /// <summary>Drops all; returns how many.</summary>
    public int Clear()
    {
        int count = _frames.Count;
        _frames.Clear();
        Octets = 0;
        return count;
    }
}
