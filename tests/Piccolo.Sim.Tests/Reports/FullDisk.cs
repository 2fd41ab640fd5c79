namespace Piccolo.Sim.Tests.Reports;

/// <summary>A disk with room for so many octets: the write that meets the end leaves its first octets, as a real one does.</summary>
internal sealed class FullDisk(int capacity) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        int room = (int)Math.Min(count, capacity - Length);
        base.Write(buffer, offset, room);
        if (room < count)
        {
            throw new IOException("No space left on device : 'somewhere'");
        }
    }
}
