using System.Runtime.CompilerServices;

namespace Piccolo.Forwarder.Tables;

/// <summary>An array of records with a free list; numbers stay valid while the array grows.</summary>
/// <remarks>Bound: the capacity; -1 is the answer when it is reached.</remarks>
internal sealed class RecordPool<T>
    where T : struct, IPooledRecord
{
    private T[] _records;
    private int _used;
    private int _freeHead = -1;

    /// <param name="capacity">The most records.</param>
    public RecordPool(int capacity)
    {
        Capacity = capacity;
        _records = [];
    }

    /// <summary>The most records.</summary>
    public int Capacity { get; }

    /// <summary>Records in use.</summary>
    public int Count { get; private set; }

    /// <summary>Indices below this may be in use.</summary>
    public int IndexEnd => _used;

    /// <summary>Records that fit without growing.</summary>
    public int Reserved => _records.Length;

    /// <summary>Bytes for each record.</summary>
    public static int BytesPerRecord => Unsafe.SizeOf<T>();

    /// <summary>Bytes allocated.</summary>
    public long ReservedBytes => (long)_records.Length * BytesPerRecord;

    /// <summary>The record of an index; the reference is good until the next <see cref="Take"/>.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _records[index];
    }

    /// <summary>Takes a zeroed record.</summary>
    /// <returns>Its index, or -1 at the limit.</returns>
    public int Take()
    {
        int index = _freeHead;
        if (index >= 0)
        {
            ref T record = ref _records[index];
            _freeHead = record.NextFree;
            record.NextFree = 0;
        }
        else if (_used < Capacity)
        {
            if (_used == _records.Length)
            {
                int length = (int)Math.Min(Math.Max(4, (long)_records.Length * 2), Capacity);
                Array.Resize(ref _records, length);
            }

            index = _used++;
        }
        else
        {
            return -1;
        }

        Count++;
        return index;
    }

    /// <summary>Gives a record back.</summary>
    public void Return(int index)
    {
        ref T record = ref _records[index];
        record = default;
        record.NextFree = _freeHead;
        _freeHead = index;
        Count--;
    }
}
