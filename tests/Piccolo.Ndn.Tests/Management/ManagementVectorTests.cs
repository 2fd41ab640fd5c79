using System.Text.Json;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Management;

/// <summary>Every vector of management.json, read and written.</summary>
public sealed class ManagementVectorTests
{
    private const string File = "management.json";

    [Fact]
    public void Every_kind_of_vector_has_a_test()
    {
        string[] known =
        [
            "control-parameters", "control-response", "FaceStatus", "GeneralStatus", "CsInfo", "ChannelStatus",
            "StrategyChoice", "RibEntry", "FibEntry", "FaceQueryFilter", "FaceEventNotification",
        ];
        IEnumerable<string?> kinds = Vectors.Load(File).Select(vector => vector.Text("kind")).Distinct();
        Assert.Empty(kinds.Except(known));
    }

    [Fact]
    public void Control_parameters_are_read_and_written_as_in_the_vectors()
    {
        foreach (JsonElement vector in Vectors.Load(File, "control-parameters"))
        {
            byte[] wire = vector.Octets("wire");
            JsonElement fields = vector.GetProperty("fields");
            var expected = new ControlParameters
            {
                Name = NameOf(fields, "name"),
                FaceId = fields.Number("faceId"),
                Uri = fields.Text("uri"),
                LocalUri = fields.Text("localUri"),
                Origin = fields.Number("origin"),
                Cost = fields.Number("cost"),
                Capacity = fields.Number("capacity"),
                Count = fields.Number("count"),
                Flags = fields.Number("flags"),
                Mask = fields.Number("mask"),
                Strategy = NameOf(fields, "strategy"),
                ExpirationPeriodMs = fields.Number("expirationPeriod"),
                FacePersistency = (FacePersistency?)fields.Number("facePersistency"),
                BaseCongestionMarkingIntervalNs = fields.Number("baseCongestionMarkingInterval"),
                DefaultCongestionThreshold = fields.Number("defaultCongestionThreshold"),
                Mtu = fields.Number("mtu"),
            };
            Assert.Equal(TlvStatus.Ok, ControlParameters.TryDecode(wire, out ControlParameters? parameters));
            Assert.Equal(expected, parameters);
            if (vector.Text("id") != "cp-with-unknown")
            {
                Assert.Equal(wire, expected.Encode());
            }
        }
    }

    [Fact]
    public void Control_responses_are_read_and_written_as_in_the_vectors()
    {
        foreach (JsonElement vector in Vectors.Load(File, "control-response"))
        {
            byte[] wire = vector.Octets("wire");
            byte[] body = vector.Text("body") is null ? [] : vector.Octets("body");
            Assert.Equal(TlvStatus.Ok, ControlResponse.TryDecode(wire, out ControlResponse? response));
            Assert.Equal(vector.Number("statusCode"), response!.StatusCode);
            Assert.Equal(vector.Text("statusText"), response.StatusText);
            Assert.Equal(body, response.Body.ToArray());
            Assert.Equal(response.StatusCode < 400, response.IsSuccess);
            Assert.Equal(wire, new ControlResponse(response.StatusCode, response.StatusText, body).Encode());
        }
    }

    [Fact]
    public void Face_status_is_read_and_written_as_in_the_vectors() => RoundTrip("FaceStatus", fields => new FaceStatus
    {
        FaceId = fields.Number("faceId")!.Value,
        Uri = fields.Text("uri")!,
        LocalUri = fields.Text("localUri")!,
        ExpirationPeriodMs = fields.Number("expirationPeriod"),
        FaceScope = (LinkScope)fields.Number("faceScope")!,
        FacePersistency = (FacePersistency)fields.Number("facePersistency")!,
        LinkType = (LinkType)fields.Number("linkType")!,
        BaseCongestionMarkingIntervalNs = fields.Number("baseCongestionMarkingInterval"),
        DefaultCongestionThreshold = fields.Number("defaultCongestionThreshold"),
        Mtu = fields.Number("mtu"),
        NInInterests = fields.Number("nInInterests")!.Value,
        NInData = fields.Number("nInData")!.Value,
        NInNacks = fields.Number("nInNacks")!.Value,
        NOutInterests = fields.Number("nOutInterests")!.Value,
        NOutData = fields.Number("nOutData")!.Value,
        NOutNacks = fields.Number("nOutNacks")!.Value,
        NInBytes = fields.Number("nInBytes")!.Value,
        NOutBytes = fields.Number("nOutBytes")!.Value,
        Flags = (FaceFlags)fields.Number("flags")!,
    });

    [Fact]
    public void General_status_is_read_and_written_as_in_the_vectors()
    {
        foreach (JsonElement vector in Vectors.Load(File, "GeneralStatus"))
        {
            byte[] wire = vector.Octets("wire");
            JsonElement fields = vector.GetProperty("fields");
            Assert.Equal(TlvStatus.Ok, ForwarderStatus.TryDecode(wire, out ForwarderStatus? status));
            Assert.Equal(fields.Text("nfdVersion"), status!.NfdVersion);
            Assert.Equal(fields.Number("nNameTreeEntries"), status.NNameTreeEntries);
            Assert.Equal(fields.Number("nFibEntries"), status.NFibEntries);
            Assert.Equal(fields.Number("nPitEntries"), status.NPitEntries);
            Assert.Equal(fields.Number("nMeasurementsEntries"), status.NMeasurementsEntries);
            Assert.Equal(fields.Number("nCsEntries"), status.NCsEntries);
            Assert.Equal(fields.Number("nInInterests"), status.NInInterests);
            Assert.Equal(fields.Number("nInData"), status.NInData);
            Assert.Equal(fields.Number("nInNacks"), status.NInNacks);
            Assert.Equal(fields.Number("nOutInterests"), status.NOutInterests);
            Assert.Equal(fields.Number("nOutData"), status.NOutData);
            Assert.Equal(fields.Number("nOutNacks"), status.NOutNacks);
            Assert.Equal(fields.Number("nSatisfiedInterests"), status.NSatisfiedInterests);
            Assert.Equal(fields.Number("nUnsatisfiedInterests"), status.NUnsatisfiedInterests);
            Assert.Equal(1_700_000_000_000UL, status.StartTimestampMs);
            Assert.True(status.CurrentTimestampMs > status.StartTimestampMs);
            Assert.Equal(wire, status.Encode());
        }
    }

    [Fact]
    public void Content_store_info_is_read_and_written_as_in_the_vectors() => RoundTrip("CsInfo", fields => new CsInfo
    {
        Capacity = fields.Number("capacity")!.Value,
        Flags = (CsFlags)fields.Number("flags")!,
        NCsEntries = fields.Number("nCsEntries")!.Value,
        NHits = fields.Number("nHits")!.Value,
        NMisses = fields.Number("nMisses")!.Value,
    });

    [Fact]
    public void Channel_status_is_read_and_written_as_in_the_vectors() =>
        RoundTrip("ChannelStatus", fields => new ChannelStatus { LocalUri = fields.Text("localUri")! });

    [Fact]
    public void Strategy_choices_are_read_and_written_as_in_the_vectors() =>
        RoundTrip("StrategyChoice", fields => new StrategyChoiceRecord
        {
            Name = NameOf(fields, "name")!,
            Strategy = NameOf(fields, "strategy")!,
        });

    [Fact]
    public void Rib_entries_are_read_and_written_as_in_the_vectors()
    {
        foreach (JsonElement vector in Vectors.Load(File, "RibEntry"))
        {
            byte[] wire = vector.Octets("wire");
            JsonElement fields = vector.GetProperty("fields");
            List<RouteRecord> routes = fields.GetProperty("routes").EnumerateArray().Select(route => new RouteRecord
            {
                FaceId = route.Number("faceId")!.Value,
                Origin = route.Number("origin")!.Value,
                Cost = route.Number("cost")!.Value,
                Flags = (RouteFlags)route.Number("flags")!,
                ExpirationPeriodMs = route.Number("expirationPeriod"),
            }).ToList();
            Assert.Equal(TlvStatus.Ok, RibEntryRecord.TryDecode(wire, out RibEntryRecord? entry));
            Assert.Equal(NameOf(fields, "name"), entry!.Name);
            Assert.Equal(routes, entry.Routes);
            Assert.Equal(wire, new RibEntryRecord(entry.Name, routes).Encode());
        }
    }

    [Fact]
    public void Fib_entries_are_read_and_written_as_in_the_vectors()
    {
        foreach (JsonElement vector in Vectors.Load(File, "FibEntry"))
        {
            byte[] wire = vector.Octets("wire");
            JsonElement fields = vector.GetProperty("fields");
            List<NextHopRecord> nextHops = fields.GetProperty("nextHops").EnumerateArray().Select(hop => new NextHopRecord
            {
                FaceId = hop.Number("faceId")!.Value,
                Cost = hop.Number("cost")!.Value,
            }).ToList();
            Assert.Equal(TlvStatus.Ok, FibEntryRecord.TryDecode(wire, out FibEntryRecord? entry));
            Assert.Equal(NameOf(fields, "name"), entry!.Name);
            Assert.Equal(nextHops, entry.NextHops);
            Assert.Equal(wire, new FibEntryRecord(entry.Name, nextHops).Encode());
        }
    }

    [Fact]
    public void Face_query_filters_are_read_and_written_as_in_the_vectors()
    {
        foreach (JsonElement vector in Vectors.Load(File, "FaceQueryFilter"))
        {
            byte[] wire = vector.Octets("wire");
            JsonElement fields = vector.GetProperty("fields");
            var expected = new FaceQueryFilter
            {
                FaceId = fields.Number("faceId"),
                UriScheme = fields.Text("uriScheme"),
                Uri = fields.Text("uri"),
                LocalUri = fields.Text("localUri"),
                FaceScope = (LinkScope?)fields.Number("faceScope"),
                FacePersistency = (FacePersistency?)fields.Number("facePersistency"),
                LinkType = (LinkType?)fields.Number("linkType"),
            };
            Assert.Equal(TlvStatus.Ok, FaceQueryFilter.TryDecode(wire, out FaceQueryFilter? filter));
            Assert.Equal(expected, filter);
            Assert.Equal(wire, expected.Encode());
            if (vector.Text("component") is not null)
            {
                Assert.Equal(vector.Octets("component"), NameComponent.Generic(expected.Encode()).Encode());
            }
        }
    }

    [Fact]
    public void Face_events_are_read_and_written_as_in_the_vectors() =>
        RoundTrip("FaceEventNotification", fields => new FaceEventNotification
        {
            Kind = (FaceEventKind)fields.Number("kind")!,
            FaceId = fields.Number("faceId")!.Value,
            Uri = fields.Text("uri")!,
            LocalUri = fields.Text("localUri")!,
            FaceScope = (LinkScope)fields.Number("faceScope")!,
            FacePersistency = (FacePersistency)fields.Number("facePersistency")!,
            LinkType = (LinkType)fields.Number("linkType")!,
            Flags = (FaceFlags)fields.Number("flags")!,
        });

    private static void RoundTrip<TElement>(string kind, Func<JsonElement, TElement> read)
        where TElement : class, IDatasetElement<TElement>
    {
        IReadOnlyList<JsonElement> vectors = Vectors.Load(File, kind);
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors)
        {
            byte[] wire = vector.Octets("wire");
            TElement expected = read(vector.GetProperty("fields"));
            Assert.Equal(TlvStatus.Ok, TElement.TryDecode(wire, out TElement? element));
            Assert.Equal(expected, element);
            Assert.Equal(wire, expected.Encode());
        }
    }

    private static Name? NameOf(JsonElement fields, string property) =>
        fields.Text(property) is string uri ? Name.Parse(uri) : null;
}
