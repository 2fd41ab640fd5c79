namespace Piccolo.Sim.Reports;

/// <summary>A file that is written record by record, and that ends with a whole record when the disk is full.</summary>
/// <remarks>
/// Owns: the stream. Bound: one buffer of 64 KiB, more only for a record longer than that.
/// After the first failure each further write throws the same <see cref="OutputException"/>.
/// </remarks>
public sealed class OutputFile : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly Stream _stream;
    private readonly List<int> _ends = [];
    private byte[] _buffer = new byte[BufferSize];
    private int _used;
    private int _whole;
    private long _committed;
    private OutputException? _failure;
    private bool _isClosed;

    /// <summary>Creates the file, or empties the one that is there; makes its folder.</summary>
    /// <exception cref="OutputException">It cannot be created.</exception>
    public OutputFile(string path)
        : this(path, Open(path))
    {
    }

    internal OutputFile(string path, Stream stream)
    {
        Path = path;
        _stream = stream;
    }

    /// <summary>Where it is, as it was given.</summary>
    public string Path { get; }

    /// <summary>What stopped the writing; null while all is well.</summary>
    public OutputException? Failure => _failure;

    /// <summary>Octets of whole records that were accepted, on the disk or on their way.</summary>
    public long Length => _committed + _whole;

    /// <summary>Adds octets to the record that is being written.</summary>
    public void Write(ReadOnlySpan<byte> octets)
    {
        ThrowIfFailed();
        octets.CopyTo(Reserve(octets.Length));
        _used += octets.Length;
    }

    /// <summary>Ends the record: from here on it is kept as a whole or not at all.</summary>
    public void EndRecord()
    {
        ThrowIfFailed();
        _whole = _used;
        _ends.Add(_used);
        if (_used >= BufferSize / 2)
        {
            WriteOut();
        }
    }

    /// <summary>Hands all whole records to the operating system.</summary>
    /// <exception cref="OutputException">They do not fit, or the file is out of reach.</exception>
    public void Flush()
    {
        ThrowIfFailed();
        WriteOut();
    }

    /// <summary>Flushes and closes; a failure is thrown here if no write before has thrown it.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        try
        {
            if (_failure is null)
            {
                WriteOut();
            }
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Room for at least so many octets of the current record; <see cref="Advance"/> says how many were used.</summary>
    internal Span<byte> Reserve(int octets)
    {
        if (_used + octets > _buffer.Length)
        {
            WriteOut();
            if (_used + octets > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + octets));
            }
        }

        return _buffer.AsSpan(_used);
    }

    internal void Advance(int octets) => _used += octets;

    internal void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            string? folder = System.IO.Path.GetDirectoryName(path);
            if (!string.IsNullOrEmpty(folder))
            {
                Directory.CreateDirectory(folder);
            }

            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new OutputException(path, e);
        }
    }

    private void WriteOut()
    {
        if (_whole == 0)
        {
            return;
        }

        try
        {
            _stream.Write(_buffer, 0, _whole);
            _stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = new OutputException(Path, e);
            CutToWholeRecords();
            throw _failure;
        }

        _committed += _whole;
        _buffer.AsSpan(_whole, _used - _whole).CopyTo(_buffer);
        _used -= _whole;
        _whole = 0;
        _ends.Clear();
    }

    // A write that failed may have left its first octets in the file: the records that are whole stay, the torn one goes.
    private void CutToWholeRecords()
    {
        _whole = 0;
        if (!_stream.CanSeek)
        {
            return;
        }

        try
        {
            long written = _stream.Length - _committed;
            int kept = 0;
            foreach (int end in _ends)
            {
                kept = end <= written ? end : kept;
            }

            _stream.SetLength(_committed + kept);
            _committed += kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // A device cannot be cut; the failure that is being reported is the one that counts.
        }
    }

    private void Close()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool isReported = _failure is not null;
            _failure ??= new OutputException(Path, e);
            if (!isReported)
            {
                throw _failure;
            }
        }
    }
}
