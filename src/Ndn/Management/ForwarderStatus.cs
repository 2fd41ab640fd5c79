using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Dataset <c>status/general</c>: how a forwarder is, at a glance.</summary>
/// <remarks>Wire: the fields stand directly in the Data's Content, without a wrapper, in the order below.</remarks>
public sealed record ForwarderStatus : IDatasetElement<ForwarderStatus>
{
    private const int CounterCount = 15;

    /// <summary>Name and version of the software.</summary>
    public required string NfdVersion { get; init; }

    /// <summary>When the forwarder started.</summary>
    /// <remarks>Units: milliseconds since the Unix epoch.</remarks>
    public ulong StartTimestampMs { get; init; }

    /// <summary>When this status was taken.</summary>
    /// <remarks>Units: milliseconds since the Unix epoch.</remarks>
    public ulong CurrentTimestampMs { get; init; }

    /// <summary>Entries of the name tree.</summary>
    public ulong NNameTreeEntries { get; init; }

    /// <summary>Entries of the FIB.</summary>
    public ulong NFibEntries { get; init; }

    /// <summary>Pending Interests.</summary>
    public ulong NPitEntries { get; init; }

    /// <summary>Entries of the strategies' measurements.</summary>
    public ulong NMeasurementsEntries { get; init; }

    /// <summary>Data packets in the content store.</summary>
    public ulong NCsEntries { get; init; }

    /// <summary>Interests received on all faces.</summary>
    public ulong NInInterests { get; init; }

    /// <summary>Data packets received on all faces.</summary>
    public ulong NInData { get; init; }

    /// <summary>Nacks received on all faces.</summary>
    public ulong NInNacks { get; init; }

    /// <summary>Interests sent on all faces.</summary>
    public ulong NOutInterests { get; init; }

    /// <summary>Data packets sent on all faces.</summary>
    public ulong NOutData { get; init; }

    /// <summary>Nacks sent on all faces.</summary>
    public ulong NOutNacks { get; init; }

    /// <summary>PIT entries that ended with Data.</summary>
    public ulong NSatisfiedInterests { get; init; }

    /// <summary>PIT entries that ended without.</summary>
    public ulong NUnsatisfiedInterests { get; init; }

    /// <inheritdoc/>
    /// <remarks>The fields alone: this element has no header.</remarks>
    public byte[] Encode() => new ManagementTlvBuilder()
        .Text(ManagementTlvType.NfdVersion, NfdVersion)
        .Number(ManagementTlvType.StartTimestamp, StartTimestampMs)
        .Number(ManagementTlvType.CurrentTimestamp, CurrentTimestampMs)
        .Number(ManagementTlvType.NNameTreeEntries, NNameTreeEntries)
        .Number(ManagementTlvType.NFibEntries, NFibEntries)
        .Number(ManagementTlvType.NPitEntries, NPitEntries)
        .Number(ManagementTlvType.NMeasurementsEntries, NMeasurementsEntries)
        .Number(ManagementTlvType.NCsEntries, NCsEntries)
        .Number(ManagementTlvType.NInInterests, NInInterests)
        .Number(ManagementTlvType.NInData, NInData)
        .Number(ManagementTlvType.NInNacks, NInNacks)
        .Number(ManagementTlvType.NOutInterests, NOutInterests)
        .Number(ManagementTlvType.NOutData, NOutData)
        .Number(ManagementTlvType.NOutNacks, NOutNacks)
        .Number(ManagementTlvType.NSatisfiedInterests, NSatisfiedInterests)
        .Number(ManagementTlvType.NUnsatisfiedInterests, NUnsatisfiedInterests)
        .ToFields();

    /// <summary>Reads the fields; <paramref name="octets"/> is the whole Content.</summary>
    /// <returns><see cref="TlvStatus.Ok"/>, or what is wrong or missing.</returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out ForwarderStatus? element)
    {
        element = null;
        string? version = null;
        Span<ulong> numbers = stackalloc ulong[CounterCount];
        int present = 0;
        var reader = new TlvReader(octets);
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement field);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (field.Type == ManagementTlvType.NfdVersion)
            {
                ManagementTlvFields.Text(field, ref version);
            }
            else if (IndexOf(field.Type) is int index and >= 0)
            {
                ulong? number = null;
                status = ManagementTlvFields.Number(field, ref number);
                if (status != TlvStatus.Ok)
                {
                    return status;
                }

                numbers[index] = number ?? 0;
                present |= 1 << index;
            }
        }

        if (version is null || present != (1 << CounterCount) - 1)
        {
            return TlvStatus.MissingElement;
        }

        element = FromNumbers(version, numbers);
        return TlvStatus.Ok;
    }

    private static int IndexOf(uint type) => type switch
    {
        >= ManagementTlvType.StartTimestamp and <= ManagementTlvType.NCsEntries =>
            (int)(type - ManagementTlvType.StartTimestamp),
        ManagementTlvType.NInInterests => 7,
        ManagementTlvType.NInData => 8,
        ManagementTlvType.NInNacks => 9,
        ManagementTlvType.NOutInterests => 10,
        ManagementTlvType.NOutData => 11,
        ManagementTlvType.NOutNacks => 12,
        ManagementTlvType.NSatisfiedInterests => 13,
        ManagementTlvType.NUnsatisfiedInterests => 14,
        _ => -1,
    };

    private static ForwarderStatus FromNumbers(string version, ReadOnlySpan<ulong> numbers) => new()
    {
        NfdVersion = version,
        StartTimestampMs = numbers[0],
        CurrentTimestampMs = numbers[1],
        NNameTreeEntries = numbers[2],
        NFibEntries = numbers[3],
        NPitEntries = numbers[4],
        NMeasurementsEntries = numbers[5],
        NCsEntries = numbers[6],
        NInInterests = numbers[7],
        NInData = numbers[8],
        NInNacks = numbers[9],
        NOutInterests = numbers[10],
        NOutData = numbers[11],
        NOutNacks = numbers[12],
        NSatisfiedInterests = numbers[13],
        NUnsatisfiedInterests = numbers[14],
    };
}
