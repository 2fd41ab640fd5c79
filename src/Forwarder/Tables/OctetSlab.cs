using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Piccolo.Forwarder.Tables;

/// <summary>Keeps runs of octets in size-classed blocks of large pages, so that a stored packet costs no object.</summary>
/// <remarks>
/// A handle is page number and block number; 0 is never a valid handle. A page whose blocks are all free serves any class
/// again, so a change of packet sizes does not strand memory.
/// Bound: <see cref="PageCountMax"/> pages and the octets given; a failed <see cref="TryStore"/> is the caller's to count.
/// </remarks>
internal sealed class OctetSlab
{
    /// <summary>The largest run that can be stored: a packet and the octets a forwarder may add to it.</summary>
    public const int MaxOctets = 8864;

    private const int PageOctetsMin = 512;
    private const int PinnedOctetsMin = 8192;
    private const int BlockBits = 12;
    private const int BlockMask = (1 << BlockBits) - 1;

    private static readonly ushort[] ClassSizes =
        [32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1280, 1536, 2048, 3072, 4096, 6144, MaxOctets];

    private static readonly int[] NoPages = MakeHeads();

    private readonly int _pageOctets;
    private readonly long _octetsMax;
    private int[] _partialHeads = NoPages;
    private Page[] _pages = [];
    private int _pageCount;
    private int _emptyHead = -1;

    /// <param name="octetsMax">How much the slab may hold, counted in whole pages; at least one page.</param>
    /// <param name="pageOctets">Size of a page; small ones suit many small nodes in one simulation.</param>
    public OctetSlab(long octetsMax, int pageOctets)
    {
        _pageOctets = Math.Clamp(pageOctets, PageOctetsMin, 32 << BlockBits);
        _octetsMax = octetsMax;
        PageCountMax = (int)Math.Clamp(octetsMax / _pageOctets, 1, (1 << (32 - BlockBits)) - 2);
    }

    /// <summary>How many pages there may be.</summary>
    public int PageCountMax { get; }

    /// <summary>Octets held in blocks that are in use, rounded up to the block sizes.</summary>
    public long UsedOctets { get; private set; }

    /// <summary>Octets allocated for pages, used or not.</summary>
    public long ReservedOctets { get; private set; }

    /// <summary>Blocks in use.</summary>
    public int UsedBlocks { get; private set; }

    /// <summary>Takes a block of at least <paramref name="length"/> octets and copies nothing into it.</summary>
    /// <returns>False when every page is taken or the run is too long.</returns>
    public bool TryAllocate(int length, out uint handle)
    {
        handle = 0;
        if ((uint)length > MaxOctets)
        {
            return false;
        }

        int sizeClass = ClassOf(length);
        int pageIndex = _partialHeads[sizeClass];
        if (pageIndex < 0)
        {
            pageIndex = TakePage(sizeClass);
            if (pageIndex < 0)
            {
                return false;
            }
        }

        ref Page page = ref _pages[pageIndex];
        int block = page.FreeHead;
        int size = ClassSizes[sizeClass];
        page.FreeHead = MemoryMarshal.Read<short>(page.Octets.AsSpan(block * size));
        page.Used++;
        if (page.FreeHead < 0)
        {
            UnlinkPartial(ref page, sizeClass);
        }

        UsedOctets += size;
        UsedBlocks++;
        handle = ((uint)(pageIndex + 1) << BlockBits) | (uint)block;
        return true;
    }

    /// <summary>Copies octets into a block of their size.</summary>
    /// <returns>False when every page is taken or the run is too long.</returns>
    public bool TryStore(ReadOnlySpan<byte> octets, out uint handle)
    {
        if (!TryAllocate(octets.Length, out handle))
        {
            return false;
        }

        octets.CopyTo(Span(handle, octets.Length));
        return true;
    }

    /// <summary>The first octets of a block; valid until it is freed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Span(uint handle, int length)
    {
        ref Page page = ref _pages[(handle >> BlockBits) - 1];
        return page.Octets.AsSpan((int)(handle & BlockMask) * page.BlockOctets, length);
    }

    /// <summary>Gives a block back. Each handle exactly once.</summary>
    public void Free(uint handle)
    {
        int pageIndex = (int)(handle >> BlockBits) - 1;
        int block = (int)(handle & BlockMask);
        ref Page page = ref _pages[pageIndex];
        int sizeClass = page.SizeClass;
        int size = page.BlockOctets;
        short oldHead = page.FreeHead;
        MemoryMarshal.Write(page.Octets.AsSpan(block * size), in oldHead);
        page.FreeHead = (short)block;
        page.Used--;
        UsedOctets -= size;
        UsedBlocks--;
        Piccolo.Ndn.Invariant.Check(page.Used >= 0, "a block was freed twice");
        if (oldHead < 0)
        {
            LinkPartial(pageIndex, sizeClass);
        }

        if (page.Used == 0 && (page.Next >= 0 || page.Previous >= 0))
        {
            // The last page of a class stays with it, so that one packet coming and going does not format a page each time.
            UnlinkPartial(ref page, sizeClass);
            page.Next = _emptyHead;
            _emptyHead = pageIndex;
        }
    }

    private static int[] MakeHeads()
    {
        int[] heads = new int[ClassSizes.Length];
        heads.AsSpan().Fill(-1);
        return heads;
    }

    private static int ClassOf(int length)
    {
        ushort[] sizes = ClassSizes;
        int low = 0;
        int high = sizes.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (sizes[middle] < length)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int TakePage(int sizeClass)
    {
        if (_partialHeads == NoPages)
        {
            _partialHeads = MakeHeads();
        }

        int pageIndex = _emptyHead;
        if (pageIndex >= 0)
        {
            _emptyHead = _pages[pageIndex].Next;
        }
        else if (_pageCount == 0 || (_pageCount < PageCountMax && ReservedOctets + _pageOctets <= _octetsMax))
        {
            pageIndex = _pageCount++;
            if (pageIndex == _pages.Length)
            {
                Array.Resize(ref _pages, Math.Max(2, _pages.Length * 2));
            }

            _pages[pageIndex].Octets = [];
        }
        else
        {
            pageIndex = ReclaimIdlePage();
            if (pageIndex < 0)
            {
                return -1;
            }
        }

        EnsureRoom(ref _pages[pageIndex], Math.Max(_pageOctets, ClassSizes[sizeClass]));
        Format(ref _pages[pageIndex], sizeClass);
        LinkPartial(pageIndex, sizeClass);
        return pageIndex;
    }

    /// <summary>Takes a wholly free page away from another class that kept it as its last one.</summary>
    private int ReclaimIdlePage()
    {
        for (int other = 0; other < _partialHeads.Length; other++)
        {
            int pageIndex = _partialHeads[other];
            if (pageIndex >= 0 && _pages[pageIndex].Used == 0)
            {
                UnlinkPartial(ref _pages[pageIndex], other);
                return pageIndex;
            }
        }

        return -1;
    }

    /// <summary>A page is small until a class needs a larger one: a block larger than a page has a page of its own.</summary>
    private void EnsureRoom(ref Page page, int octets)
    {
        if (page.Octets.Length >= octets)
        {
            return;
        }

        // Pinned where it is large: it lives long, and the collector would only copy it from generation to generation.
        ReservedOctets += octets - page.Octets.Length;
        page.Octets = GC.AllocateUninitializedArray<byte>(octets, pinned: octets >= PinnedOctetsMin);
    }

    private static void Format(ref Page page, int sizeClass)
    {
        int size = ClassSizes[sizeClass];
        int blocks = Math.Min(page.Octets.Length / size, BlockMask + 1);
        for (int block = 0; block < blocks; block++)
        {
            short next = (short)(block + 1 < blocks ? block + 1 : -1);
            MemoryMarshal.Write(page.Octets.AsSpan(block * size), in next);
        }

        page.SizeClass = (byte)sizeClass;
        page.BlockOctets = (ushort)size;
        page.FreeHead = 0;
        page.Used = 0;
    }

    private void LinkPartial(int pageIndex, int sizeClass)
    {
        int head = _partialHeads[sizeClass];
        if (head >= 0 && _pages[head].Used == 0)
        {
            UnlinkPartial(ref _pages[head], sizeClass);
            _pages[head].Next = _emptyHead;
            _emptyHead = head;
        }

        ref Page page = ref _pages[pageIndex];
        page.Previous = -1;
        page.Next = _partialHeads[sizeClass];
        if (page.Next >= 0)
        {
            _pages[page.Next].Previous = pageIndex;
        }

        _partialHeads[sizeClass] = pageIndex;
    }

    private void UnlinkPartial(ref Page page, int sizeClass)
    {
        if (page.Previous >= 0)
        {
            _pages[page.Previous].Next = page.Next;
        }
        else
        {
            _partialHeads[sizeClass] = page.Next;
        }

        if (page.Next >= 0)
        {
            _pages[page.Next].Previous = page.Previous;
        }

        page.Next = -1;
        page.Previous = -1;
    }

    private struct Page
    {
        public byte[] Octets;
        public int Next;
        public int Previous;
        public ushort BlockOctets;
        public short FreeHead;
        public short Used;
        public byte SizeClass;
    }
}
