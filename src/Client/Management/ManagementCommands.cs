using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Client.Management;

/// <summary>Builds the signed Interests by which a forwarder is told what to do.</summary>
/// <remarks>
/// Each is a v0.3 signed Interest with SignatureTime and an 8-octet SignatureNonce. Times grow from command to command, also
/// when the clock does not, because forwarders refuse a key's second command of the same time.
/// Source: NFD management protocol, "Control Command".
/// </remarks>
public sealed class ManagementCommands
{
    private const int NonceOctets = 8;

    private readonly ISigner _signer;
    private readonly IRandomSource _random;
    private readonly ulong _lifetimeMs;
    private ulong _lastTimeMs;

    /// <summary>Makes a builder.</summary>
    /// <param name="signer">Signs every command at once.</param>
    /// <param name="random">Nonces of signatures.</param>
    /// <param name="prefix">Where management answers; null is <see cref="LocalPrefix"/>.</param>
    /// <param name="lifetimeMs">InterestLifetime of the commands; connecting a face may take seconds.</param>
    public ManagementCommands(ISigner signer, IRandomSource random, Name? prefix = null, ulong lifetimeMs = 10_000)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(random);
        _signer = signer;
        _random = random;
        _lifetimeMs = lifetimeMs;
        Prefix = prefix ?? LocalPrefix;
    }

    /// <summary>Management of this host's forwarder.</summary>
    public static Name LocalPrefix { get; } = Name.Parse("/localhost/nfd");

    /// <summary>Route registration at the next hop's forwarder.</summary>
    public static Name LocalHopPrefix { get; } = Name.Parse("/localhop/nfd");

    /// <summary>Where management answers.</summary>
    public Name Prefix { get; }

    /// <summary>Any command.</summary>
    /// <param name="module">Such as <c>rib</c>.</param>
    /// <param name="verb">Such as <c>register</c>.</param>
    /// <param name="parameters">Its arguments.</param>
    /// <param name="unixTimeMs">Milliseconds since the Unix epoch.</param>
    public Interest Build(string module, string verb, ControlParameters parameters, ulong unixTimeMs)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _lastTimeMs = Math.Max(_lastTimeMs + 1, unixTimeMs);
        byte[] nonce = new byte[NonceOctets];
        _random.Fill(nonce);
        var interest = new Interest
        {
            Name = Prefix.Append(module).Append(verb).Append(NameComponent.Generic(parameters.Encode())),
            MustBeFresh = true,
            LifetimeMs = _lifetimeMs,
        };
        return interest.Sign(_signer, nonce, _lastTimeMs);
    }

    /// <summary>Asks for Interests under a prefix; without a face, to this end of the link.</summary>
    public Interest RegisterRoute(Name prefix, ulong unixTimeMs, RouteRequest? route = null)
    {
        RouteRequest wanted = route ?? new RouteRequest();
        var parameters = new ControlParameters
        {
            Name = prefix,
            FaceId = wanted.FaceId,
            Origin = wanted.Origin,
            Cost = wanted.Cost,
            Flags = wanted.Flags,
            ExpirationPeriodMs = wanted.ExpirationPeriodMs,
        };
        return Build("rib", "register", parameters, unixTimeMs);
    }

    /// <summary>Takes a route away.</summary>
    public Interest UnregisterRoute(Name prefix, ulong unixTimeMs, ulong? faceId = null, ulong? origin = null)
    {
        var parameters = new ControlParameters { Name = prefix, FaceId = faceId, Origin = origin };
        return Build("rib", "unregister", parameters, unixTimeMs);
    }

    /// <summary>Asks for a face to a peer; one that is there already is as good, see <see cref="CommandResult"/>.</summary>
    public Interest CreateFace(string uri, ulong unixTimeMs, FacePersistency? persistency = null, string? localUri = null)
    {
        var parameters = new ControlParameters { Uri = uri, LocalUri = localUri, FacePersistency = persistency };
        return Build("faces", "create", parameters, unixTimeMs);
    }

    /// <summary>Changes a face; bits of <paramref name="flags"/> count where <paramref name="mask"/> has them.</summary>
    public Interest UpdateFace(
        ulong faceId, ulong unixTimeMs, ulong? flags = null, ulong? mask = null, FacePersistency? persistency = null, ulong? mtu = null)
    {
        var parameters = new ControlParameters
        {
            FaceId = faceId,
            Flags = flags,
            Mask = mask,
            FacePersistency = persistency,
            Mtu = mtu,
        };
        return Build("faces", "update", parameters, unixTimeMs);
    }

    /// <summary>Ends a face.</summary>
    public Interest DestroyFace(ulong faceId, ulong unixTimeMs) =>
        Build("faces", "destroy", new ControlParameters { FaceId = faceId }, unixTimeMs);

    /// <summary>Adds a next hop right into the FIB, past the RIB.</summary>
    public Interest AddNextHop(Name prefix, ulong unixTimeMs, ulong? faceId = null, ulong? cost = null)
    {
        var parameters = new ControlParameters { Name = prefix, FaceId = faceId, Cost = cost };
        return Build("fib", "add-nexthop", parameters, unixTimeMs);
    }

    /// <summary>Removes a next hop from the FIB.</summary>
    public Interest RemoveNextHop(Name prefix, ulong unixTimeMs, ulong? faceId = null) =>
        Build("fib", "remove-nexthop", new ControlParameters { Name = prefix, FaceId = faceId }, unixTimeMs);

    /// <summary>Chooses the strategy for a prefix.</summary>
    public Interest SetStrategy(Name prefix, Name strategy, ulong unixTimeMs) =>
        Build("strategy-choice", "set", new ControlParameters { Name = prefix, Strategy = strategy }, unixTimeMs);

    /// <summary>Lets a prefix have the strategy of the one above it.</summary>
    public Interest UnsetStrategy(Name prefix, ulong unixTimeMs) =>
        Build("strategy-choice", "unset", new ControlParameters { Name = prefix }, unixTimeMs);

    /// <summary>Changes the content store; bits of <paramref name="flags"/> count where <paramref name="mask"/> has them.</summary>
    public Interest ConfigureStore(ulong unixTimeMs, ulong? capacity = null, ulong? flags = null, ulong? mask = null)
    {
        var parameters = new ControlParameters { Capacity = capacity, Flags = flags, Mask = mask };
        return Build("cs", "config", parameters, unixTimeMs);
    }

    /// <summary>Erases Data under a prefix from the content store.</summary>
    public Interest EraseStore(Name prefix, ulong unixTimeMs, ulong? count = null) =>
        Build("cs", "erase", new ControlParameters { Name = prefix, Count = count }, unixTimeMs);
}
