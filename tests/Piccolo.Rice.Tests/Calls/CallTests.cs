using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>What one call does on a wire that does what it should, and at the edges.</summary>
public sealed class CallTests
{
    [Fact]
    public void Pure_call_returns_what_the_function_returned()
    {
        World world = WithEcho();

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(100));

        Assert.Equal(RiceClientEventKind.Completed, end.Kind);
        Assert.Equal(Sample.Octets(100).Cbor.ToArray(), end.Result.ToArray());
        Assert.Equal(AnsweredBy.Function, end.Trace!.AnsweredBy);
        Assert.Equal(2, end.Trace.InterestCount);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Warm_call_takes_one_round_trip_and_one_interest()
    {
        World world = WithEcho();
        world.CallAndWait(Sample.Echo, Sample.Octets(10));
        Instant before = world.Now;

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(11));

        Assert.Equal(1, end.Trace!.InterestCount);
        Assert.Equal(TimeSpan.FromMilliseconds(10), world.Now - before);
    }

    [Fact]
    public void Large_argument_is_pulled_and_large_result_fetched()
    {
        World world = WithEcho();

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(1_000_000));

        Assert.Equal(RiceClientEventKind.Completed, end.Kind);
        Assert.Equal(Sample.Octets(1_000_000).Cbor.ToArray(), end.Result.ToArray());
        Assert.Contains(end.Trace!.Steps, step => step.Kind == CallStepKind.ArgumentPulled);
        Assert.Contains(end.Trace.Steps, step => step.Kind == CallStepKind.FetchEnded);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Empty_result_and_empty_large_object_arrive()
    {
        var world = new World();
        world.Offer(Sample.Pure(Sample.Echo), _ => new RunOutcome(ReadOnlyMemory<byte>.Empty));

        Assert.Equal(RiceClientEventKind.Completed, world.CallAndWait(Sample.Echo, Sample.Octets(1)).Kind);
    }

    [Fact]
    public void Long_job_is_answered_with_a_thunk_and_asked_when_it_should_be_done()
    {
        var world = new World();
        world.Offer(Sample.Pure(Sample.Echo, typicalMs: 5000), run => Sample.EchoOf(run, TimeSpan.FromSeconds(5)));
        Instant before = world.Now;

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(10));

        Assert.Equal(RiceClientEventKind.Completed, end.Kind);
        Assert.Equal(AnsweredBy.Function, end.Trace!.AnsweredBy);
        Assert.Equal(3, end.Trace.InterestCount);
        Assert.InRange((world.Now - before).TotalMilliseconds, 5000, 5060);
        Assert.Single(world.Runs);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Job_longer_than_its_estimate_is_asked_again_by_the_revised_one()
    {
        var world = new World();
        world.Offer(Sample.Opaque(Sample.Count, typicalMs: 1000), run => Sample.EchoOf(run, TimeSpan.FromSeconds(9)));

        RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(10));

        Assert.Equal(RiceClientEventKind.Completed, end.Kind);
        Assert.Contains(end.Trace!.Steps, step => step.Kind == CallStepKind.StillRunning);
        Assert.Single(world.Runs);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Estimates_are_learned_from_calls_that_ended()
    {
        var world = new World();
        world.Offer(Sample.Pure(Sample.Echo), run => Sample.EchoOf(run, TimeSpan.FromSeconds(3)));
        world.CallAndWait(Sample.Echo, Sample.Octets(1, salt: 1));

        RiceClientEvent second = world.CallAndWait(Sample.Echo, Sample.Octets(1, salt: 2));

        CallStep thunk = Assert.Single(second.Trace!.Steps, step => step.Kind == CallStepKind.ThunkReceived);
        Assert.Equal("about 3000 ms", thunk.Detail);
    }

    [Fact]
    public void Unknown_function_is_an_error_within_one_round_trip()
    {
        var world = new World();
        Instant before = world.Now;

        RiceClientEvent end = world.CallAndWait(Name.Parse("/no/such"), Sample.Octets(1));

        Assert.Equal(CallErrorCode.UnknownFunction, end.Error!.Code);
        Assert.Equal(TimeSpan.FromMilliseconds(10), world.Now - before);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void No_route_is_an_error_at_once()
    {
        World world = WithEcho();
        world.HasRoute = false;

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(1));

        Assert.Equal(CallErrorCode.NoRoute, end.Error!.Code);
        Assert.Contains("no route to function /test/echo", end.Error.Message, StringComparison.Ordinal);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Failure_of_the_function_brings_its_message_and_the_server_goes_on()
    {
        var world = new World();
        world.Offer(Sample.Pure(Sample.Echo), run => run.Arguments[0].Cbor.Length == 1
            ? new RunOutcome(default, Error: new CallError(CallErrorCode.FunctionFailed, "division by zero"))
            : Sample.EchoOf(run));

        RiceClientEvent bad = world.CallAndWait(Sample.Echo, Sample.Octets(1));
        RiceClientEvent good = world.CallAndWait(Sample.Echo, Sample.Octets(2));

        Assert.Equal(new CallError(CallErrorCode.FunctionFailed, "division by zero"), bad.Error);
        Assert.Equal(RiceClientEventKind.Completed, good.Kind);
    }

    [Fact]
    public void New_code_version_is_found_out_and_the_call_made_to_it()
    {
        foreach (FunctionDescriptor descriptor in (FunctionDescriptor[])[Sample.Pure(Sample.Echo), Sample.Opaque(Sample.Echo)])
        {
            var world = new World();
            world.Offer(descriptor, run => Sample.EchoOf(run));
            world.CallAndWait(Sample.Echo, Sample.Octets(1));
            world.Offer(descriptor with { CodeVersion = 4 }, run => Sample.EchoOf(run));

            RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(2));

            Assert.Equal(RiceClientEventKind.Completed, end.Kind);
            Assert.Contains(end.Trace!.Steps, step => step.Kind == CallStepKind.CalledAgain);
            Assert.Equal(4ul, world.Runs[^1].Function!.CodeVersion);
        }
    }

    [Fact]
    public void Repeated_pure_call_is_known_to_come_from_a_cache()
    {
        World world = WithEcho();
        world.CallAndWait(Sample.Echo, Sample.Octets(10));

        RiceClientEvent fromServer = world.CallAndWait(Sample.Echo, Sample.Octets(10));
        world.HasCache = true;
        world.CallAndWait(Sample.Echo, Sample.Octets(11));
        int before = world.ToClientCount;
        RiceClientEvent fromNetwork = world.CallAndWait(Sample.Echo, Sample.Octets(11));

        Assert.Equal(AnsweredBy.Cache, fromServer.Trace!.AnsweredBy);
        Assert.Equal(AnsweredBy.Cache, fromNetwork.Trace!.AnsweredBy);
        Assert.Equal(before, world.ToClientCount);
        Assert.Equal(2, world.Runs.Count);
    }

    [Fact]
    public void Opaque_calls_with_equal_arguments_are_different_calls()
    {
        var world = new World();
        world.Offer(Sample.Opaque(Sample.Count), run => Sample.EchoOf(run));
        world.HasCache = true;

        RiceClientEvent first = world.CallAndWait(Sample.Count, Sample.Octets(10));
        RiceClientEvent second = world.CallAndWait(Sample.Count, Sample.Octets(10));

        Assert.Equal(2, world.Runs.Count);
        Assert.Equal(AnsweredBy.Function, first.Trace!.AnsweredBy);
        Assert.Equal(AnsweredBy.Function, second.Trace!.AnsweredBy);
    }

    [Fact]
    public void Call_past_the_caches_is_answered_by_the_server_itself()
    {
        World world = WithEcho();
        world.HasCache = true;
        world.CallAndWait(Sample.Echo, Sample.Octets(10));

        RiceClientEvent end = world.CallAndWait(
            new CallRequest { Function = Sample.Echo, Arguments = [Sample.Octets(10)], BypassCaches = true });

        Assert.Equal(AnsweredBy.Function, end.Trace!.AnsweredBy);
        Assert.Single(world.Runs);
    }

    [Fact]
    public void Cached_reference_to_a_result_that_is_gone_is_repaired_by_calling_again()
    {
        World world = WithEcho();
        world.HasCache = true;
        world.CallAndWait(Sample.Echo, Sample.Octets(20_000));
        world.RestartServer();
        world.ForgetSegments();

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(20_000));

        Assert.Equal(RiceClientEventKind.Completed, end.Kind);
        Assert.Equal(2, world.Runs.Count);
        Assert.Contains(end.Trace!.Steps, step => step.Kind == CallStepKind.CalledAgain);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Arguments_by_position_and_by_name_are_the_same_call()
    {
        World world = WithEcho();
        world.CallAndWait(Sample.Echo, Sample.Octets(10));

        world.CallAndWait(Sample.Echo, Sample.Octets(10) with { Name = "data" });

        Assert.Single(world.Runs);
    }

    [Fact]
    public void Two_equal_pure_calls_at_once_share_one_run()
    {
        var world = new World();
        world.Offer(Sample.Pure(Sample.Echo), run => Sample.EchoOf(run, TimeSpan.FromMilliseconds(500)));
        ulong first = world.Call(Sample.Echo, Sample.Octets(20_000));
        ulong second = world.Call(Sample.Echo, Sample.Octets(20_000));

        world.RunUntil(world.Now + TimeSpan.FromSeconds(20), () => world.Ends.Count == 2);

        Assert.Equal(RiceClientEventKind.Completed, world.Ends[first].Kind);
        Assert.Equal(RiceClientEventKind.Completed, world.Ends[second].Kind);
        Assert.Single(world.Runs);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Answer_signed_by_a_stranger_is_refused()
    {
        World world = WithEcho();
        world.OnWayToClient = Forge;

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(10));

        Assert.Equal(CallErrorCode.NotVerified, end.Error!.Code);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Tampered_segment_of_an_argument_is_refused_by_the_server()
    {
        World world = WithEcho();
        world.OnWayToServer = packet => packet.Span[0] == TlvType.Data ? Tamper(packet) : packet;

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(50_000) with { Name = "data" });

        Assert.Equal(CallErrorCode.ArgumentUnavailable, end.Error!.Code);
        Assert.Equal("data", end.Error.ArgumentName);
        Assert.Contains("digest", end.Error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Runs);
        Assert.Equal(1ul, world.Server!.Counters.ArgumentFailures);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Tampered_segment_of_a_result_is_refused_by_the_caller()
    {
        World world = WithEcho();
        world.OnWayToClient = packet => IsSegmentOfResult(packet) ? Tamper(packet) : packet;

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(50_000));

        Assert.Equal(CallErrorCode.ResultUnavailable, end.Error!.Code);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Large_argument_without_a_reply_prefix_is_an_error_that_names_it()
    {
        var world = new World(client: new RiceClientOptions());
        world.Offer(Sample.Pure(Sample.Echo), run => Sample.EchoOf(run));

        RiceClientEvent end = world.CallAndWait(Sample.Echo, Sample.Octets(50_000));

        Assert.Equal(CallErrorCode.ArgumentUnavailable, end.Error!.Code);
        Assert.Equal("data", end.Error.ArgumentName);
    }

    [Fact]
    public void Abandoned_call_leaves_nothing_behind()
    {
        World world = WithEcho();
        ulong id = world.Call(Sample.Echo, Sample.Octets(50_000));
        world.RunUntil(world.Now + TimeSpan.FromMilliseconds(17));

        Assert.True(world.Client.Abandon(id, world.Now));
        world.Drain();

        Assert.Equal(CallErrorCode.Abandoned, world.Ends[id].Error!.Code);
        Assert.Equal(0, world.Client.OutstandingCount);
        Assert.False(world.Client.Abandon(id, world.Now));
        world.AssertNothingIsLeft();
    }

    private static World WithEcho()
    {
        var world = new World();
        world.Offer(Sample.Pure(Sample.Echo), run => Sample.EchoOf(run));
        return world;
    }

    private static bool IsSegmentOfResult(ReadOnlyMemory<byte> packet) =>
        packet.Span[0] == TlvType.Data && Data.TryDecode(packet.Span, out Data? data) == TlvStatus.Ok
        && data!.Name[^1].Type == TlvType.SegmentNameComponent && data.Name.ToString().Contains("32=result", StringComparison.Ordinal);

    /// <summary>The same Data with one octet of its content changed and a fresh digest signature.</summary>
    private static ReadOnlyMemory<byte>? Tamper(ReadOnlyMemory<byte> packet)
    {
        _ = Data.TryDecode(packet.Span, out Data? data);
        byte[] content = data!.Content.ToArray();
        content[content.Length / 2] ^= 1;
        var fields = new DataFields
        {
            Name = data.Name,
            Content = content,
            FinalBlockId = data.FinalBlockId,
            FreshnessPeriodMs = data.FreshnessPeriodMs,
        };
        return Data.Create(fields, DigestSha256Signer.Instance).Wire;
    }

    private static ReadOnlyMemory<byte>? Forge(ReadOnlyMemory<byte> packet) =>
        packet.Span[0] == TlvType.Data ? Tamper(packet) : packet;
}
