using Piccolo.Ndn.Buffers;

namespace Piccolo.Ndn.Link;

/// <summary>NDNLPv2 for one face: turns network packets into frames and frames into network packets.</summary>
/// <remarks>
/// A core without clock or socket. After each <see cref="HandleFrame"/>, <see cref="Send"/> and
/// <see cref="HandleTimeout"/> take frames with <see cref="TryTakeTransmit"/> and given-up Interests with
/// <see cref="TryTakeDroppedInterest"/> until both say false. Time never goes backwards. One owner thread.
/// Without headers, fragments and reliability a packet costs one copy on sending, none on receiving, and no allocation.
/// Bound: each input does work in proportion to the frame, plus the retransmissions it sets off; what is held is
/// bounded by <see cref="LinkServiceOptions"/>, and every drop is counted in <see cref="Counters"/>.
/// Owns: leases of incomplete and unacknowledged packets and of frames not taken, until <see cref="Dispose"/>.
/// Source: NDNLPv2; NFD GenericLinkService. Differences: frames never exceed 8800 octets, so on streams a packet whose
/// headers would lead over that is fragmented; a packet is marked for congestion at most once, on its first fragment;
/// received Sequences are remembered for at least four time-outs, and fragments under reliability wait that long.
/// </remarks>
public sealed partial class LinkService : IDisposable
{
    private readonly LinkContext _context;
    private readonly LinkOutput _output;
    private readonly ulong _receiverKey;
    private FragmentReassembler? _reassembler;
    private ReliableReceiver? _receiver;
    private ReliableSender? _sender;
    private CongestionMarker _congestion;
    private ulong _nextSequence;

    /// <summary>Makes the state of a new face.</summary>
    /// <param name="options">What it does and its limits.</param>
    /// <param name="pool">Where frames come from.</param>
    /// <param name="random">Chooses the first Sequence; null begins at 2^64 - 1 as NFD does.</param>
    public LinkService(LinkServiceOptions options, FramePool pool, IRandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pool);
        _context = new LinkContext(options, pool);
        _nextSequence = random?.NextUInt64() ?? ulong.MaxValue;
        _receiverKey = random?.NextUInt64() ?? 0;
        _output = new LinkOutput(_context);
    }

    /// <summary>
    /// What the face does; may be replaced at any time. Turning reliability off forgets what waits for it.
    /// </summary>
    public LinkServiceOptions Options
    {
        get => _context.Options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (_context.Options.EnableReliability && !value.EnableReliability)
            {
                _sender?.Clear();
                _receiver?.Clear();
            }

            _context.Options = value;
        }
    }

    /// <summary>What passed and what did not.</summary>
    public ref readonly LinkCounters Counters => ref _context.Counters;

    /// <summary>When <see cref="HandleTimeout"/> is due; earlier calls are harmless.</summary>
    public Instant NextTimeout => _reassembler is null && _receiver is null && _sender is null
        ? Instant.Never
        : FindNextTimeout();

    /// <summary>Packets of which some fragments are missing.</summary>
    public int PartialPackets => _reassembler?.Count ?? 0;

    /// <summary>Fragments sent and not acknowledged.</summary>
    public int Unacknowledged => _sender?.Count ?? 0;

    // Most faces never see a fragment and have no reliability: what serves these is made by the first one that needs it.
    private FragmentReassembler Reassembler => _reassembler ??= new FragmentReassembler(_context);

    private ReliableReceiver Receiver => _receiver ?? MakeReceiver();

    private ReliableSender Sender => _sender ??= new ReliableSender(_context, _output);

    /// <summary>Takes the next frame to transmit; the caller owns the lease.</summary>
    public bool TryTakeTransmit([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FrameLease? frame) =>
        _output.TryTake(out frame);

    /// <summary>Takes the next Interest that reliability gave up, so that the strategy can try elsewhere.</summary>
    public bool TryTakeDroppedInterest(out ReadOnlyMemory<byte> interest)
    {
        interest = default;
        return _sender is not null && _sender.TryTakeDroppedInterest(out interest);
    }

    /// <summary>Does what is due: sends acknowledgements, sends again what is lost, drops incomplete packets.</summary>
    public void HandleTimeout(Instant now)
    {
        _reassembler?.HandleTimeout(now);
        _sender?.HandleTimeout(now);
        if (_receiver?.AckDeadline <= now)
        {
            _output.FlushAcks();
        }
    }

    /// <summary>Gives every lease back. The service may not be used afterwards.</summary>
    public void Dispose()
    {
        _reassembler?.Clear();
        _sender?.Clear();
        _receiver?.Clear();
        _output.Clear();
    }

    private ReliableReceiver MakeReceiver()
    {
        _receiver = new ReliableReceiver(_context, _receiverKey);
        _output.Receiver = _receiver;
        return _receiver;
    }

    private Instant FindNextTimeout() => Instant.Min(
        Instant.Min(_reassembler?.NextTimeout ?? Instant.Never, _sender?.NextTimeout ?? Instant.Never),
        _receiver?.AckDeadline ?? Instant.Never);
}
