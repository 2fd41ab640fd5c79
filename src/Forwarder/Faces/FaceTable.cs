using Piccolo.Ndn;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Faces;

/// <summary>The faces, by number and by slot. A slot is reused only after every reference to it is gone.</summary>
internal sealed class FaceTable
{
    /// <summary>The slot of the internal face.</summary>
    public const int InternalSlot = 0;

    private static readonly LinkCapabilities InternalCapabilities = new(
        "internal://", "internal://", LinkScope.Local, LinkType.PointToPoint, FacePersistency.Permanent,
        LinkCapabilities.UnlimitedMtu, 1, ReportsSendQueue: false);

    private readonly int _capacity;

    // Until a slot is used a second time, ids and slots go in step, and neither of these is needed.
    private Dictionary<ulong, int>? _slots;
    private Stack<int>? _free;
    private Face?[] _faces = new Face?[4];
    private int _used;
    private ulong _nextId = FaceId.First.Value;

    public FaceTable(int capacity)
    {
        _capacity = capacity;
        Internal = new Face(FaceId.Internal, InternalSlot, InternalCapabilities, null, Instant.Zero);
        _faces[0] = Internal;
        _used = 1;
        Count = 1;
    }

    /// <summary>The face of management.</summary>
    public Face Internal { get; }

    /// <summary>How many faces there are, the internal one included.</summary>
    public int Count { get; private set; }

    /// <summary>Slots below this may be in use.</summary>
    public int SlotEnd => _used;

    /// <summary>The face in a slot that is in use.</summary>
    public Face this[int slot] => _faces[slot]!;

    /// <summary>The face in a slot, or null.</summary>
    public Face? AtSlot(int slot) => _faces[slot];

    /// <summary>The face of a number, or null.</summary>
    public Face? Find(FaceId id)
    {
        ulong guess = SlotInStep(id);
        return guess < (ulong)_faces.Length && _faces[guess] is Face face && face.Id == id ? face : FindById(id);
    }

    /// <summary>Adds a face.</summary>
    /// <returns>The face, or null when there are too many.</returns>
    public Face? Add(LinkCapabilities capabilities, LinkService link, Instant now)
    {
        if (_free is null || !_free.TryPop(out int slot))
        {
            if (_used >= _capacity)
            {
                return null;
            }

            if (_used == _faces.Length)
            {
                Array.Resize(ref _faces, _faces.Length * 2);
            }

            slot = _used++;
        }

        var face = new Face(new FaceId(_nextId++), slot, capabilities, link, now);
        _faces[slot] = face;
        Count++;
        if (SlotInStep(face.Id) != (ulong)slot)
        {
            _slots ??= [];
            _slots[face.Id.Value] = slot;
        }

        return face;
    }

    /// <summary>Takes a face out; the caller has removed every reference to its slot.</summary>
    public void Remove(Face face)
    {
        Invariant.Check(face.NextHopCount == 0, "a removed face is in no FIB entry");
        _slots?.Remove(face.Id.Value);
        _faces[face.Slot] = null;
        Count--;
        _free ??= new Stack<int>();
        _free.Push(face.Slot);
    }

    private static ulong SlotInStep(FaceId id) => id.Value - FaceId.First.Value + 1;

    private Face? FindById(FaceId id)
    {
        if (id == FaceId.Internal)
        {
            return Internal;
        }

        int slot = 0;
        return _slots?.TryGetValue(id.Value, out slot) == true ? _faces[slot] : null;
    }
}
