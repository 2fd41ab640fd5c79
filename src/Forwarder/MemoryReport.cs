namespace Piccolo.Forwarder;

/// <summary>What the tables cost, for budgets and for choosing sizes.</summary>
/// <remarks>Units: bytes. An entry's own figures leave out the octets of its name or packet, which are given in total.</remarks>
/// <param name="BytesPerFibEntry">A FIB entry with its bucket and one nexthop.</param>
/// <param name="BytesPerPitEntry">A pending Interest with its bucket and timer.</param>
/// <param name="BytesPerInRecord">A downstream record.</param>
/// <param name="BytesPerOutRecord">An upstream record.</param>
/// <param name="BytesPerContentStoreEntry">A cached packet's entry with its bucket.</param>
/// <param name="BytesPerDeadNonce">A remembered Interest.</param>
/// <param name="PrefixOctets">Octets of FIB and strategy names, by block.</param>
/// <param name="PitOctets">Octets of pending Interests, by block.</param>
/// <param name="ContentStoreOctets">Octets of cached packets, by block.</param>
/// <param name="ReservedBytes">Everything the tables have allocated.</param>
public readonly record struct MemoryReport(
    int BytesPerFibEntry,
    int BytesPerPitEntry,
    int BytesPerInRecord,
    int BytesPerOutRecord,
    int BytesPerContentStoreEntry,
    int BytesPerDeadNonce,
    long PrefixOctets,
    long PitOctets,
    long ContentStoreOctets,
    long ReservedBytes);
