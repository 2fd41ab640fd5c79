namespace Piccolo.Ndn.Security;

/// <summary>Hands one copy of a key to each thread at a time, because the platform's key objects promise nothing to two.</summary>
/// <remarks>
/// Lock-free. Bound: keeps as many idle copies as it has slots; a thread that finds none makes its own, which the collector
/// takes when the slots are full on return.
/// </remarks>
internal sealed class KeyPool<TKey>
    where TKey : class, IDisposable
{
    private const int SlotCount = 8;
    private readonly Func<TKey> _make;
    private readonly TKey?[] _slots = new TKey?[SlotCount];

    public KeyPool(Func<TKey> make)
    {
        _make = make;
        _slots[0] = make();
    }

    public TKey Rent()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            if (Volatile.Read(ref _slots[i]) is not null && Interlocked.Exchange(ref _slots[i], null) is { } key)
            {
                return key;
            }
        }

        return _make();
    }

    public void Return(TKey key)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _slots[i], key, null) is null)
            {
                return;
            }
        }

        key.Dispose();
    }
}
