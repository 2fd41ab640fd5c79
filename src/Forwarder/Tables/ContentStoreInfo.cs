namespace Piccolo.Forwarder.Tables;

/// <summary>The state of the content store, as management reports it.</summary>
/// <param name="Capacity">The most packets.</param>
/// <param name="IsAdmitting">Whether Data is taken in.</param>
/// <param name="IsServing">Whether Interests are answered.</param>
/// <param name="Count">Packets held.</param>
/// <param name="Hits">Interests answered.</param>
/// <param name="Misses">Interests looked for in vain.</param>
/// <param name="Evicted">Packets that went because of a limit.</param>
/// <param name="Refused">Packets not taken in because no room could be made.</param>
public readonly record struct ContentStoreInfo(
    int Capacity, bool IsAdmitting, bool IsServing, int Count, ulong Hits, ulong Misses, ulong Evicted, ulong Refused);
