namespace Piccolo.Sim.Measuring;

/// <summary>Captures the frames of one link into a pcap file, while the threads of its two ends run.</summary>
/// <remarks>
/// Each direction has a buffer of its own, so that no lock is needed; <see cref="Drain"/> is called when both stand still.
/// Bound: the frames of one period.
/// </remarks>
internal sealed class FrameCapture : IDisposable
{
    private readonly PcapWriter _writer;
    private readonly Direction _aToB;
    private readonly Direction _bToA;
    private readonly long _framesMax;

    public FrameCapture(PcapWriter writer, int a, int b, long framesMax)
    {
        _writer = writer;
        _framesMax = framesMax;
        _aToB = new Direction(a, b);
        _bToA = new Direction(b, a);
    }

    public TraceSummary Summary => new(Path.GetFileName(_writer.Path), _writer.FrameCount, LeftOut);

    public long LeftOut { get; private set; }

    /// <summary>Takes a frame as it enters the link, on the thread of the node that sends it.</summary>
    public void Add(long timeNs, bool isFromA, ReadOnlySpan<byte> frame) => (isFromA ? _aToB : _bToA).Add(timeNs, frame);

    /// <summary>Writes what was taken, in the order of time; of one time, those of A first.</summary>
    public void Drain()
    {
        int a = 0;
        int b = 0;
        while (a < _aToB.Count || b < _bToA.Count)
        {
            bool isA = b >= _bToA.Count || (a < _aToB.Count && _aToB.TimeOf(a) <= _bToA.TimeOf(b));
            Write(isA ? _aToB : _bToA, isA ? a++ : b++);
        }

        _aToB.Clear();
        _bToA.Clear();
    }

    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private void Write(Direction direction, int index)
    {
        if (_writer.FrameCount >= _framesMax)
        {
            LeftOut++;
            return;
        }

        _writer.Write(direction.TimeOf(index), direction.From, direction.To, direction.FrameOf(index));
    }

    private sealed class Direction(int from, int to)
    {
        private readonly List<(long TimeNs, int Begin, int Length)> _frames = [];
        private byte[] _octets = [];
        private int _used;

        public int From { get; } = from;

        public int To { get; } = to;

        public int Count => _frames.Count;

        public void Add(long timeNs, ReadOnlySpan<byte> frame)
        {
            if (_used + frame.Length > _octets.Length)
            {
                Array.Resize(ref _octets, Math.Max(_used + frame.Length, _octets.Length * 2));
            }

            frame.CopyTo(_octets.AsSpan(_used));
            _frames.Add((timeNs, _used, frame.Length));
            _used += frame.Length;
        }

        public long TimeOf(int index) => _frames[index].TimeNs;

        public ReadOnlySpan<byte> FrameOf(int index) => _octets.AsSpan(_frames[index].Begin, _frames[index].Length);

        public void Clear()
        {
            _frames.Clear();
            _used = 0;
        }
    }
}
