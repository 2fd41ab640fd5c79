namespace Piccolo.Ndn.Link;

/// <summary>The headers of a received packet together with what decides whether they may stand there.</summary>
internal struct ReceivedHeaders
{
    /// <summary>The fields, with IncomingFaceId, NonDiscovery and PrefixAnnouncement as they came.</summary>
    internal LpHeaders Headers;

    /// <summary>The number in CachePolicy, if there was one.</summary>
    internal ulong? CachePolicyType;

    /// <summary>Whether there was a PrefixAnnouncement, wanted or not.</summary>
    internal bool HasPrefixAnnouncement;

    /// <summary>Takes the headers off a frame; a PrefixAnnouncement is copied where self-learning wants it.</summary>
    internal static ReceivedHeaders From(in LpPacketView view, LinkServiceOptions options)
    {
        var received = new ReceivedHeaders
        {
            Headers = view.Headers,
            CachePolicyType = view.CachePolicyType,
            HasPrefixAnnouncement = !view.PrefixAnnouncement.IsEmpty,
        };
        if (received.HasPrefixAnnouncement && options.AllowSelfLearning)
        {
            received.Headers.PrefixAnnouncement = view.PrefixAnnouncement.ToArray();
        }

        return received;
    }

    /// <summary>Applies NFD's table of which field may go with an Interest; clears those that are ignored.</summary>
    internal bool IsLegalOnInterest(LinkServiceOptions options)
    {
        bool isNextHopLegal = Headers.NextHopFaceId is null || options.AllowLocalFields;
        ClearIgnored(options);
        return isNextHopLegal && CachePolicyType is null && !HasPrefixAnnouncement;
    }

    /// <summary>Applies the table to Data.</summary>
    internal bool IsLegalOnData(LinkServiceOptions options)
    {
        bool isCachePolicyLegal = CachePolicyType is null or LpPacket.NoCachePolicy;
        bool isLegal = isCachePolicyLegal && !Headers.IsNack && Headers.NextHopFaceId is null && !Headers.NonDiscovery;
        ClearIgnored(options);
        return isLegal;
    }

    /// <summary>Applies the table to a Nack.</summary>
    internal bool IsLegalOnNack(LinkServiceOptions options)
    {
        bool isLegal = Headers.NextHopFaceId is null && CachePolicyType is null && !Headers.NonDiscovery
            && !HasPrefixAnnouncement;
        ClearIgnored(options);
        return isLegal;
    }

    private void ClearIgnored(LinkServiceOptions options)
    {
        if (!options.AcceptIncomingFaceId)
        {
            Headers.IncomingFaceId = null;
        }

        if (!options.AllowSelfLearning)
        {
            Headers.NonDiscovery = false;
        }
    }
}
