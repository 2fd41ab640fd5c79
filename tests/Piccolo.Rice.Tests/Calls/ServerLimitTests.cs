using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;
using Piccolo.Rice.Server;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>Each limit of the server has an answer and a counter.</summary>
public sealed class ServerLimitTests
{
    private static readonly RiceServerOptions Plain = new() { SignatureInfo = SignatureInfo.For(DigestSha256Signer.Instance) };

    [Fact]
    public void Too_many_jobs_are_refused_as_busy()
    {
        World world = Slow(Plain with { JobCountMax = 2 });
        world.Call(Sample.Echo, Sample.Octets(10, salt: 1));
        world.Call(Sample.Echo, Sample.Octets(10, salt: 2));
        world.RunUntil(world.Now + TimeSpan.FromMilliseconds(100));

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(10, salt: 3));

        Assert.Equal(CallErrorCode.Busy, end.Error!.Code);
        Assert.Equal(1ul, world.Server!.Counters.RefusedBusy);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Jobs_beyond_the_running_limit_wait_for_their_turn()
    {
        World world = Slow(Plain with { RunningCountMax = 2 });
        for (int i = 0; i < 6; i++)
        {
            world.Call(Sample.Echo, Sample.Octets(10, salt: i));
        }

        int runningMax = 0;
        world.RunUntil(world.Now + TimeSpan.FromSeconds(25), () =>
        {
            runningMax = Math.Max(runningMax, world.Server!.RunningJobCount);
            return world.Ends.Count == 6;
        });

        Assert.Equal(2, runningMax);
        Assert.All(world.Ends.Values, end => Assert.Equal(RiceClientEventKind.Completed, end.Kind));
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Argument_larger_than_the_limit_is_refused_by_name_before_anything_is_pulled()
    {
        World world = Slow(Plain with { ArgumentOctetsMax = 10_000 });

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(20_000));

        Assert.Equal(CallErrorCode.TooLarge, end.Error!.Code);
        Assert.Equal("data", end.Error.ArgumentName);
        Assert.DoesNotContain(end.Trace!.Steps, step => step.Kind == CallStepKind.ArgumentPulled);
    }

    [Fact]
    public void Result_larger_than_the_limit_is_an_error()
    {
        World world = Slow(Plain with { ResultOctetsMax = 10_000 });

        Assert.Equal(CallErrorCode.TooLarge, world.CallAndWait(Sample.Echo, Sample.Octets(20_000)).Error!.Code);
    }

    [Fact]
    public void Full_journal_refuses_and_what_it_refused_never_runs()
    {
        var world = new World(server: Plain with { JournalCountMax = 3 });
        world.Offer(Sample.Opaque(Sample.Count), run => Sample.EchoOf(run));
        List<ReadOnlyMemory<byte>> seen = [];
        world.OnWayToServer = packet =>
        {
            seen.Add(packet);
            return packet;
        };
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(RiceClientEventKind.Completed, world.CallAndWait(Sample.Count, Sample.Octets(10)).Kind);
        }

        RiceClientEvent refused = world.CallAndWait(Sample.Count, Sample.Octets(10));
        ReadOnlyMemory<byte> copy = seen[^1];
        world.RunUntil(world.Now + TimeSpan.FromSeconds(12));
        world.Server!.HandleInterest(copy.Span, world.Now);
        world.RunUntil(world.Now + TimeSpan.FromSeconds(60));

        Assert.Equal(CallErrorCode.Busy, refused.Error!.Code);
        Assert.Equal(3, world.Runs.Count);
        Assert.Equal(RiceClientEventKind.Completed, world.CallAndWait(Sample.Count, Sample.Octets(10)).Kind);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Retained_results_are_given_up_oldest_first()
    {
        World world = Slow(Plain with { RetainedOctetsMax = 100_000 });
        for (int i = 0; i < 10; i++)
        {
            world.CallAndWait(Sample.Echo, Sample.Octets(30_000, salt: i));
            Assert.InRange(world.Server!.RetainedOctets, 0, 100_000);
        }

        Assert.InRange(world.Server!.Counters.Evicted, 6ul, 8ul);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Many_finished_jobs_are_bounded_by_count()
    {
        World world = Slow(Plain with { RetainedCountMax = 20 }, TimeSpan.Zero);
        for (int i = 0; i < 200; i++)
        {
            world.CallAndWait(Sample.Echo, Sample.Octets(4 + i));
            Assert.InRange(world.Server!.KnownJobCount, 0, 21);
        }
    }

    [Fact]
    public void Job_past_its_time_is_cancelled_and_the_caller_told()
    {
        World world = Slow(Plain with { JobTimeMax = TimeSpan.FromSeconds(2) }, TimeSpan.FromSeconds(100));

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(10));

        Assert.Equal(CallErrorCode.Cancelled, end.Error!.Code);
        Assert.Single(world.Cancelled);
        Assert.Equal(1ul, world.Server!.Counters.Cancelled);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Stolen_request_id_with_other_arguments_is_refused_and_the_first_call_unharmed()
    {
        World world = Slow(Plain);
        world.Offer(Sample.Opaque(Sample.Count), run => Sample.EchoOf(run));
        ReadOnlyMemory<byte> seen = default;
        world.OnWayToServer = packet => seen = packet;
        world.CallAndWait(Sample.Count, Sample.Octets(10));
        Assert.Equal(TlvStatus.Ok, Interest.TryDecode(seen.Span, out Interest? first));
        Assert.Equal(TlvStatus.Ok, CallParameters.TryDecode(first!.ApplicationParameters!.Value.Span, out CallParameters? parameters));
        var stolen = new CallParameters
        {
            Arguments = [CallArgument.FromValue("data", Sample.Octets(11).Cbor)],
            IssuedAtUnixMs = parameters!.IssuedAtUnixMs,
            LifetimeMs = parameters.LifetimeMs,
            TargetRun = parameters.TargetRun,
        };

        world.Server!.HandleInterest(
            new Interest { Name = first.Name.Prefix(first.Name.Count - 1), Nonce = 1, ApplicationParameters = stolen.Encode() }.Encode(),
            world.Now);
        world.RunUntil(world.Now + TimeSpan.FromMilliseconds(1));

        Assert.Single(world.Runs);
        Assert.Equal(1ul, world.Server.Counters.RefusedOther);
    }

    [Theory]
    [InlineData(-1_000_000, 8000, CallErrorCode.Expired)]
    [InlineData(1_000_000, 8000, CallErrorCode.Expired)]
    [InlineData(0, 3_600_001, CallErrorCode.BadArguments)]
    public void Opaque_call_outside_of_its_time_is_refused(long offsetMs, ulong lifetimeMs, CallErrorCode expected)
    {
        World world = Slow(Plain);
        world.Offer(Sample.Opaque(Sample.Count), run => Sample.EchoOf(run));
        world.RunUntil(world.Now + TimeSpan.FromHours(1));

        CallReply reply = AskServer(world, new CallParameters
        {
            Arguments = [],
            IssuedAtUnixMs = (ulong)((long)World.UnixTimeAtZeroMs + world.Now.Milliseconds + offsetMs),
            LifetimeMs = lifetimeMs,
            TargetRun = world.Server!.Run,
        });

        Assert.Equal(expected, reply.Error!.Code);
        Assert.Empty(world.Runs);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(4999, false)]
    [InlineData(5000, true)]
    public void Opaque_call_that_names_no_run_is_run_only_when_no_run_before_can_have_accepted_it(long afterStartMs, bool isAccepted)
    {
        World world = Slow(Plain);
        world.Offer(Sample.Opaque(Sample.Count), run => Sample.EchoOf(run));
        var parameters = new CallParameters
        {
            Arguments = [CallArgument.FromValue("data", Sample.Octets(10).Cbor)],
            IssuedAtUnixMs = (ulong)((long)UnixNow(world) + afterStartMs),
            LifetimeMs = 8000,
        };

        CallReply reply = AskServer(world, parameters);

        Assert.Equal(isAccepted ? null : CallErrorCode.OutcomeUnknown, reply.Error?.Code);
        Assert.Equal(isAccepted ? 0ul : 1ul, world.Server!.Counters.RefusedOutcomeUnknown);
        Assert.Equal(isAccepted ? 1 : 0, world.Runs.Count);
    }

    [Fact]
    public void Opaque_call_larger_than_all_room_for_arguments_is_refused_as_too_large_and_blocks_nobody()
    {
        World world = Slow(Plain with { ArgumentOctetsTotalMax = 10_000 });
        world.Offer(Sample.Opaque(Sample.Count), run => Sample.EchoOf(run));
        var parameters = new CallParameters
        {
            Arguments = [CallArgument.FromReference("data", ObjectReference.Of(new byte[10_001]))],
            IssuedAtUnixMs = UnixNow(world) + 5000,
            LifetimeMs = 8000,
            TargetRun = world.Server!.Run,
        };

        Assert.Equal(CallErrorCode.TooLarge, AskServer(world, parameters).Error!.Code);
        world.OnWayToClient = null;
        Assert.Equal(RiceClientEventKind.Completed, world.CallAndWait(Sample.Count, Sample.Octets(10)).Kind);
        Assert.Equal(0ul, world.Server.Counters.RefusedBusy);
    }

    [Fact]
    public void Answers_of_opaque_calls_that_failed_are_given_up_oldest_first_and_made_again_on_demand()
    {
        World world = Slow(Plain with { RetainedOctetsMax = 10_000 });
        var failure = new CallError(CallErrorCode.FunctionFailed, new string('x', 500));
        world.Offer(Sample.Opaque(Sample.Count), _ => new RunOutcome(default, Error: failure));
        ReadOnlyMemory<byte> first = default;
        world.OnWayToServer = packet =>
        {
            bool isCall = Interest.TryDecode(packet.Span, out Interest? interest) == TlvStatus.Ok
                && interest!.ApplicationParameters is not null;
            first = first.IsEmpty && isCall ? packet : first;
            return packet;
        };
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(failure, world.CallAndWait(Sample.Count, Sample.Octets(10)).Error);
            Assert.InRange(world.Server!.RetainedOctets, 1, 10_000);
        }

        CallReply? again = null;
        world.OnWayToClient = packet =>
        {
            Assert.Equal(TlvStatus.Ok, Data.TryDecode(packet.Span, out Data? data));
            Assert.Equal(TlvStatus.Ok, CallReply.TryDecode(data!.Content.Span, out again));
            return packet;
        };
        world.Server!.HandleInterest(first.Span, world.Now);
        world.Drain();
        world.RunUntil(world.Now + TimeSpan.FromMilliseconds(200), () => again is not null);

        Assert.Equal(failure, again!.Error);
        Assert.Equal(50, world.Runs.Count);
        Assert.InRange(world.Server.RetainedOctets, 1, 10_000);
        world.OnWayToClient = null;
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Signatures_outstanding_are_bounded()
    {
        var world = new World(server: Plain with { SignatureCountMax = 8 }, wire: new WireOptions { SignTime = TimeSpan.FromSeconds(1) });
        for (int i = 0; i < 100; i++)
        {
            world.Server!.HandleInterest(
                new Interest { Name = Name.Parse($"/no/such/{i}/32=metadata"), CanBePrefix = true, MustBeFresh = true, Nonce = 1 }.Encode(),
                world.Now);
        }

        Assert.Equal(92ul, world.Server!.Counters.Dropped);
    }

    private static World Slow(RiceServerOptions options, TimeSpan? duration = null)
    {
        var world = new World(server: options);
        world.Offer(Sample.Pure(Sample.Echo), run => Sample.EchoOf(run, duration ?? TimeSpan.FromSeconds(1)));
        return world;
    }

    private static ulong UnixNow(World world) => World.UnixTimeAtZeroMs + (ulong)world.Now.Milliseconds;

    /// <summary>Sends a call of the opaque sample function that no client of ours would send, and reads the answer.</summary>
    private static CallReply AskServer(World world, CallParameters parameters)
    {
        Name name = RiceNames.Call(Sample.Count, 3, new RunId(1, 2));
        CallReply? reply = null;
        world.OnWayToClient = packet =>
        {
            if (Data.TryDecode(packet.Span, out Data? data) == TlvStatus.Ok)
            {
                Assert.Equal(TlvStatus.Ok, CallReply.TryDecode(data!.Content.Span, out reply));
            }

            return packet;
        };
        var interest = new Interest { Name = name, Nonce = 7, ApplicationParameters = parameters.Encode() };
        world.Server!.HandleInterest(interest.Encode(), world.Now);
        world.Drain();
        world.RunUntil(world.Now + TimeSpan.FromMilliseconds(200), () => reply is not null);
        return reply!;
    }
}
