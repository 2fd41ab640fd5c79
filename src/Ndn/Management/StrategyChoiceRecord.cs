using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Element of the dataset <c>strategy-choice/list</c>: a prefix and the strategy chosen for it.</summary>
/// <remarks>Wire: TLV-TYPE 128 { Name 7, Strategy 107 { Name } }.</remarks>
public sealed record StrategyChoiceRecord : IDatasetElement<StrategyChoiceRecord>
{
    /// <summary>The prefix.</summary>
    public required Name Name { get; init; }

    /// <summary>Instance name of the strategy, version and parameters included.</summary>
    public required Name Strategy { get; init; }

    /// <inheritdoc/>
    public byte[] Encode() => new ManagementTlvBuilder()
        .NameField(Name)
        .StrategyField(Strategy)
        .ToElement(ManagementTlvType.DatasetEntry);

    /// <inheritdoc cref="IDatasetElement{TSelf}.TryDecode"/>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> octets, out StrategyChoiceRecord? element)
    {
        element = null;
        TlvStatus status = ManagementTlvFields.Open(octets, ManagementTlvType.DatasetEntry, out ReadOnlySpan<byte> value);
        Name? name = null;
        Name? strategy = null;
        var reader = new TlvReader(value);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok)
            {
                status = field.Type switch
                {
                    TlvType.Name => ManagementTlvFields.NameField(field, ref name),
                    ManagementTlvType.Strategy => ManagementTlvFields.StrategyField(field, ref strategy),
                    _ => TlvStatus.Ok,
                };
            }
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (name is null || strategy is null)
        {
            return TlvStatus.MissingElement;
        }

        element = new StrategyChoiceRecord { Name = name, Strategy = strategy };
        return TlvStatus.Ok;
    }
}
