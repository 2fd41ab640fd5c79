using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

/// <summary>The server's end of remote invocation: Interests for functions come in, signed answers go out.</summary>
/// <remarks>
/// Drain <see cref="TryTakeTransmit"/> and <see cref="TryTakeEvent"/> until false after each input. <c>now</c> never goes back. One
/// owner thread. Each input does bounded work: one packet, one outcome, or the jobs that are due.
/// Opaque calls run at most once: a request is entered into the journal before its arguments are pulled, the entry stays until no
/// Interest of the request can be accepted any more, and requests meant for another run of a server are refused. Every limit of
/// <see cref="RiceServerOptions"/> has a counter and an answer.
/// Packets are bare Interests and Data; link headers are the shell's.
/// </remarks>
public sealed partial class RiceServerCore
{
    private const int FunctionNameOctetsMax = 512;

    private readonly RiceServerOptions _options;
    private readonly IRandomSource _random;
    private readonly Instant _startedAt;
    private readonly Dictionary<Name, ServedFunction> _functions;
    private readonly Dictionary<Name, Job> _jobsByKey;
    private readonly Dictionary<RunId, Job> _jobsByThunk = [];
    private readonly Dictionary<ulong, Job> _jobsById = [];
    private readonly Dictionary<Name, Job> _pulls;
    private readonly Dictionary<Name, PublishedResult> _results;
    private readonly Dictionary<Name, ulong> _signing;
    private readonly Dictionary<ulong, SignaturePurpose> _signatures = [];
    private readonly Queue<Job> _ready = new();
    private readonly LinkedList<Job> _retained = new();
    private readonly PriorityQueue<Job, (long Due, ulong Order)> _timers = new();
    private readonly Queue<ReadOnlyMemory<byte>> _transmits = new();
    private readonly Queue<RiceServerEvent> _events = new();
    private ulong _nextId;
    private ulong _timerOrder;
    private int _active;
    private int _running;
    private int _journaled;
    private int _retainedPure;
    private long _argumentOctets;
    private long _retainedOctets;
    private ulong _refusedIssuedUpTo;
    private ulong _lastVersion;
    private ulong _unixTimeAtZeroMs;

    /// <summary>A server that begins its run.</summary>
    /// <param name="options">Sizes, times and identity.</param>
    /// <param name="random">Where run and thunk ids come from; ids must not be guessable in a daemon.</param>
    /// <param name="now">When the run begins.</param>
    public RiceServerCore(RiceServerOptions options, IRandomSource random, Instant now)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _options = options;
        _random = random;
        _startedAt = now;
        _unixTimeAtZeroMs = options.UnixTimeAtZeroMs;
        Run = RunId.Draw(random);
        var comparer = new KeyedNameComparer(random);
        _functions = new(comparer);
        _jobsByKey = new(comparer);
        _pulls = new(comparer);
        _results = new(comparer);
        _signing = new(comparer);
    }

    /// <summary>The id of this run, in everything it signs.</summary>
    public RunId Run { get; }

    /// <summary>What happened so far.</summary>
    public RiceServerCounters Counters { get; } = new();

    /// <summary>Jobs that pull arguments, wait or run.</summary>
    public int ActiveJobCount => _active;

    /// <summary>Jobs that run.</summary>
    public int RunningJobCount => _running;

    /// <summary>Outcomes that are kept, and journal entries.</summary>
    public int KnownJobCount => _jobsById.Count;

    /// <summary>Opaque requests in the journal.</summary>
    public int JournalCount => _journaled;

    /// <summary>Octets of arguments in use.</summary>
    public long ArgumentOctets => _argumentOctets;

    /// <summary>Octets of outcomes that are kept.</summary>
    public long RetainedOctets => _retainedOctets;

    /// <summary>When <see cref="HandleTimeout"/> wants to be called.</summary>
    public Instant NextTimeout => _timers.TryPeek(out _, out (long Due, ulong Order) next) ? new Instant(next.Due) : Instant.Never;

    /// <summary>Offers a function, or another version of one.</summary>
    /// <exception cref="ArgumentException">The name is so long that no answer would fit into a packet.</exception>
    public void Register(FunctionDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (descriptor.Name.EncodedLength > FunctionNameOctetsMax)
        {
            throw new ArgumentException($"the name {descriptor.Name} is longer than {FunctionNameOctetsMax} octets", nameof(descriptor));
        }

        _functions[descriptor.Name] = new ServedFunction(descriptor with { Run = Run });
    }

    /// <summary>Offers a function no longer; jobs that run go on.</summary>
    public bool Unregister(Name function) => _functions.Remove(function);

    /// <summary>Takes an Interest.</summary>
    /// <returns>Whether its name is one of this protocol's; if not, nothing was done.</returns>
    public bool HandleInterest(ReadOnlySpan<byte> packet, Instant now)
    {
        if (InterestView.TryDecode(packet, out InterestView interest) != TlvStatus.Ok)
        {
            Counters.Malformed++;
            return false;
        }

        Name name = interest.Name.ToName();
        if (!RequestName.TryParse(name, out RequestName request))
        {
            return false;
        }

        switch (request.Kind)
        {
            case RequestKind.Metadata:
                HandleMetadata(request, name, now);
                break;
            case RequestKind.Call:
                HandleCall(interest, name, request, now);
                break;
            case RequestKind.Thunk:
                HandleThunkQuery(interest, name, request, now);
                break;
            default:
                HandleSegmentRequest(name, now);
                break;
        }

        return true;
    }

    /// <summary>Takes a Data.</summary>
    /// <returns>Whether it is a segment of an argument that is being pulled.</returns>
    public bool HandleData(ReadOnlySpan<byte> packet, Instant now)
    {
        if (DataView.TryDecode(packet, out DataView data) != TlvStatus.Ok || data.Name.Count == 0)
        {
            return false;
        }

        Name name = data.Name.ToName();
        if (!_pulls.TryGetValue(name.Prefix(name.Count - 1), out Job? job) || job.Pull is null)
        {
            return false;
        }

        job.Pull.HandleData(packet, now);
        Service(job, now);
        return true;
    }

    /// <summary>Takes a Nack.</summary>
    /// <returns>Whether it is for an Interest that pulls an argument.</returns>
    public bool HandleNack(ReadOnlySpan<byte> interest, NackReason reason, Instant now)
    {
        if (InterestView.TryDecode(interest, out InterestView view) != TlvStatus.Ok || view.Name.Count == 0)
        {
            return false;
        }

        Name name = view.Name.ToName();
        if (!_pulls.TryGetValue(name.Prefix(name.Count - 1), out Job? job) || job.Pull is null)
        {
            return false;
        }

        job.Pull.HandleNack(interest, reason);
        Service(job, now);
        return true;
    }

    /// <summary>Lets time pass: answers who waited long enough, retransmits, cancels, forgets.</summary>
    public void HandleTimeout(Instant now)
    {
        for (int budget = _timers.Count; budget > 0; budget--)
        {
            if (!_timers.TryPeek(out Job? job, out (long Due, ulong Order) next) || next.Due > now.Nanoseconds)
            {
                break;
            }

            _timers.Dequeue();
            if (job.ScheduledAt.Nanoseconds == next.Due)
            {
                job.ScheduledAt = Instant.Never;
                Service(job, now);
            }
        }
    }

    /// <summary>Takes what the wall clock says: it goes on while <c>now</c> stands still in a suspended machine, and is set.</summary>
    /// <remarks>
    /// The server's idea of the time only goes forward: a clock that is set back would make requests acceptable again whose journal
    /// entries are gone.
    /// </remarks>
    /// <param name="unixMs">Unix milliseconds.</param>
    /// <param name="now">When they were read.</param>
    public void HandleWallClock(ulong unixMs, Instant now)
    {
        ulong known = UnixMs(now);
        _unixTimeAtZeroMs += unixMs > known ? unixMs - known : 0;
    }

    /// <summary>Takes the next packet to send; drain until false.</summary>
    public bool TryTakeTransmit(out ReadOnlyMemory<byte> packet) => _transmits.TryDequeue(out packet);

    /// <summary>Takes the next wish; drain until false.</summary>
    public bool TryTakeEvent(out RiceServerEvent? wish) => _events.TryDequeue(out wish);

    private ulong UnixMs(Instant now) => _unixTimeAtZeroMs + (ulong)Math.Max(0, now.Milliseconds);

    /// <summary>A version that grows with each use, so that an answer never has the name of an older one.</summary>
    private ulong NextVersion(Instant now)
    {
        _lastVersion = Math.Max(_lastVersion + 1, UnixMs(now));
        return _lastVersion;
    }
}
