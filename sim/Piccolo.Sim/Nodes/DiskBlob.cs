using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Nodes;

/// <summary>A named blob of a disk: what programs see, and what a power cut leaves of it. Null for not there.</summary>
internal sealed class DiskBlob
{
    private byte[]? _flushed;

    /// <summary>What programs see.</summary>
    public byte[]? Content { get; private set; }

    /// <summary>Whether something was not flushed.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Changes what programs see.</summary>
    public void Set(byte[]? content)
    {
        Content = content;
        IsDirty = true;
    }

    /// <summary>Makes what programs see last.</summary>
    public void Flush()
    {
        _flushed = Content;
        IsDirty = false;
    }

    /// <summary>The power is cut.</summary>
    public void Tear(TornWrites torn, IRandomSource random)
    {
        if (IsDirty)
        {
            Content = torn == TornWrites.Lost ? _flushed : Torn(torn, random);
            Flush();
        }
    }

    /// <summary>A deletion happened or not. Of octets that replaced or followed others, a prefix has reached the disk.</summary>
    private byte[]? Torn(TornWrites torn, IRandomSource random)
    {
        if (Content is null)
        {
            return Draw.Below(random, 2) == 0 ? null : _flushed;
        }

        int kept = 0;
        if (_flushed is not null && Content.AsSpan().StartsWith(_flushed))
        {
            kept = _flushed.Length;
        }

        int reached = kept + (int)Draw.Below(random, (ulong)(Content.Length - kept) + 1);
        if (torn == TornWrites.Prefix)
        {
            return reached == 0 && _flushed is null ? null : Content[..reached];
        }

        byte[] left = (byte[])Content.Clone();
        random.Fill(left.AsSpan(reached));
        return left;
    }
}
