namespace Piccolo.Forwarder.Tables;

/// <summary>A record of a <see cref="RecordPool{T}"/>, with room for the pool's free list while nobody uses it.</summary>
internal interface IPooledRecord
{
    /// <summary>The next free record; the owner's own while the record is in use.</summary>
    int NextFree { get; set; }
}
