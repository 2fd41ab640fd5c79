using System.Buffers;
using Piccolo.Forwarder.Rib;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>Writes the status datasets.</summary>
internal sealed class DatasetModule(ManagementOptions options, IManagedForwarder forwarder, RibTable rib)
{
    /// <summary>Writes a dataset's content.</summary>
    /// <param name="dataset">Which one.</param>
    /// <param name="filter">The faces that are asked for, for <see cref="DatasetKind.FacesQuery"/>.</param>
    /// <param name="now">The present.</param>
    /// <returns>The content; null when it is larger than may be kept.</returns>
    public byte[]? Write(DatasetKind dataset, FaceQueryFilter? filter, Instant now)
    {
        var content = new ArrayBufferWriter<byte>();
        bool isWhole = dataset switch
        {
            DatasetKind.StatusGeneral => Add(content, forwarder.GetStatus(now).Encode()),
            DatasetKind.FacesList => AddFaces(content, filter: null, now),
            DatasetKind.FacesQuery => AddFaces(content, filter, now),
            DatasetKind.FacesChannels => AddChannels(content),
            DatasetKind.FibList => AddFib(content),
            DatasetKind.CsInfo => Add(content, forwarder.ContentStoreInfo.Encode()),
            DatasetKind.StrategyChoiceList => AddStrategyChoices(content),
            _ => AddRib(content, now),
        };
        return isWhole ? content.WrittenSpan.ToArray() : null;
    }

    private bool Add(ArrayBufferWriter<byte> content, byte[] element)
    {
        if (content.WrittenCount + element.Length > options.DatasetOctetsMax)
        {
            return false;
        }

        content.Write(element);
        return true;
    }

    private bool AddFaces(ArrayBufferWriter<byte> content, FaceQueryFilter? filter, Instant now)
    {
        foreach (FaceStatus face in forwarder.ListFaces(now))
        {
            if ((filter is null || filter.Matches(face)) && !Add(content, face.Encode()))
            {
                return false;
            }
        }

        return true;
    }

    private bool AddChannels(ArrayBufferWriter<byte> content)
    {
        foreach (string uri in forwarder.ChannelUris)
        {
            if (!Add(content, new ChannelStatus { LocalUri = uri }.Encode()))
            {
                return false;
            }
        }

        return true;
    }

    private bool AddFib(ArrayBufferWriter<byte> content)
    {
        foreach (FibEntryRecord entry in forwarder.ListFib())
        {
            if (!Add(content, entry.Encode()))
            {
                return false;
            }
        }

        return true;
    }

    private bool AddStrategyChoices(ArrayBufferWriter<byte> content)
    {
        foreach (StrategyChoiceRecord choice in forwarder.ListStrategyChoices())
        {
            if (!Add(content, choice.Encode()))
            {
                return false;
            }
        }

        return true;
    }

    private bool AddRib(ArrayBufferWriter<byte> content, Instant now)
    {
        foreach (RibEntry entry in rib.Entries)
        {
            var routes = new List<RouteRecord>(entry.Routes.Count);
            foreach (RibRoute route in entry.Routes)
            {
                routes.Add(new RouteRecord
                {
                    FaceId = route.Face.Value,
                    Origin = route.Origin,
                    Cost = route.Cost,
                    Flags = route.Flags,
                    ExpirationPeriodMs = RemainingMs(route, now),
                });
            }

            if (!Add(content, new RibEntryRecord(entry.Name, routes).Encode()))
            {
                return false;
            }
        }

        return true;
    }

    private static ulong? RemainingMs(RibRoute route, Instant now)
    {
        if (route.ExpiresAt == Instant.Never)
        {
            return null;
        }

        long remaining = (route.ExpiresAt.Nanoseconds - now.Nanoseconds) / 1_000_000;
        return (ulong)Math.Max(0, remaining);
    }
}
