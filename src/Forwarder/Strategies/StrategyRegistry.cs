using System.Globalization;
using System.Text;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Strategies;

/// <summary>The strategies a forwarder has, by name and version, and how their parameters are read.</summary>
/// <remarks>
/// A name is <c>/localhost/nfd/strategy/NAME/v=N[/parameter~value ...]</c>; without a version the newest is meant, and
/// parameters are read only behind a version. Unknown parameters stay in the instance name and do nothing.
/// Source: NFD, strategy names and results of strategy-choice/set.
/// </remarks>
public static class StrategyRegistry
{
    private static readonly Name Base = Name.Parse("/localhost/nfd/strategy");

    /// <summary>The strategy of the root unless another is set.</summary>
    public static Name BestRoute { get; } = Base.Append("best-route").Append(NameComponent.Version(5));

    /// <summary>Sends to all nexthops.</summary>
    public static Name Multicast { get; } = Base.Append("multicast").Append(NameComponent.Version(5));

    /// <summary>The strategies, in the newest version each.</summary>
    public static IReadOnlyList<Name> All { get; } = [BestRoute, Multicast];

    internal static StrategyChoiceStatus TryCreate(Name requested, out IStrategy? strategy)
    {
        strategy = null;
        Name? known = FindKnown(requested);
        if (known is null)
        {
            return StrategyChoiceStatus.UnknownStrategy;
        }

        int program = known.Count - 1;
        Name instanceName = known;
        if (requested.Count > program)
        {
            StrategyChoiceStatus status = CheckVersion(requested[program], known[program]);
            if (status != StrategyChoiceStatus.Ok)
            {
                return status;
            }

            instanceName = requested;
        }

        if (!TryReadSuppression(instanceName, known.Count, out RetxSuppression suppression))
        {
            return StrategyChoiceStatus.BadParameters;
        }

        strategy = known == Multicast
            ? new MulticastStrategy(instanceName, suppression)
            : new BestRouteStrategy(instanceName, suppression);
        return StrategyChoiceStatus.Ok;
    }

    private static Name? FindKnown(Name requested)
    {
        foreach (Name known in All)
        {
            if (known.Prefix(known.Count - 1).IsPrefixOf(requested))
            {
                return known;
            }
        }

        return null;
    }

    private static StrategyChoiceStatus CheckVersion(NameComponent asked, NameComponent newest)
    {
        if (asked.Type != TlvType.VersionNameComponent || !asked.TryGetNumber(out ulong version)
            || !newest.TryGetNumber(out ulong newestVersion) || version > newestVersion)
        {
            return StrategyChoiceStatus.UnknownStrategy;
        }

        return version == newestVersion ? StrategyChoiceStatus.Ok : StrategyChoiceStatus.UnsupportedVersion;
    }

    private static bool TryReadSuppression(Name instanceName, int from, out RetxSuppression suppression)
    {
        suppression = RetxSuppression.Default;
        for (int index = from; index < instanceName.Count; index++)
        {
            string text = Encoding.UTF8.GetString(instanceName[index].Value.Span);
            int tilde = text.IndexOf('~', StringComparison.Ordinal);
            if (tilde <= 0 || tilde == text.Length - 1)
            {
                return false;
            }

            string value = text[(tilde + 1)..];
            switch (text[..tilde])
            {
                case "retx-suppression-initial" when TryReadMilliseconds(value, out int initial):
                    suppression = suppression with { InitialMicroseconds = initial };
                    break;
                case "retx-suppression-max" when TryReadMilliseconds(value, out int max):
                    suppression = suppression with { MaxMicroseconds = max };
                    break;
                case "retx-suppression-multiplier" when TryReadMultiplier(value, out long multiplier):
                    suppression = suppression with { MultiplierIn1024ths = multiplier };
                    break;
                case "retx-suppression-initial" or "retx-suppression-max" or "retx-suppression-multiplier":
                    return false;
                default:
                    break;
            }
        }

        return suppression.MaxMicroseconds >= suppression.InitialMicroseconds;
    }

    private static bool TryReadMilliseconds(string text, out int microseconds)
    {
        bool isRead = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            && milliseconds is > 0 and <= 1_000_000;
        microseconds = isRead ? milliseconds * 1000 : 0;
        return isRead;
    }

    private static bool TryReadMultiplier(string text, out long in1024ths)
    {
        bool isRead = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && value is >= 1 and <= 1000;
        in1024ths = isRead ? (long)(value * 1024) : 0;
        return isRead;
    }
}
