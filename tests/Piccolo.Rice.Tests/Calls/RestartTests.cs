using Piccolo.Ndn;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>Servers that vanish or begin anew at each stage of a call.</summary>
public sealed class RestartTests
{
    /// <summary>Milliseconds after the call at which the server dies; with a delay of 5 ms and a job of 2 s they hit each stage.</summary>
    public static TheoryData<int> Stages => [1, 8, 12, 18, 60, 400, 1500, 2005, 2012, 2018];

    [Theory]
    [MemberData(nameof(Stages))]
    public void Opaque_call_over_a_restart_completes_or_is_unknown_and_runs_once_at_most(int killAtMs)
    {
        World world = WithSlow(FunctionKind.Opaque, TimeSpan.FromSeconds(2));
        world.After(TimeSpan.FromMilliseconds(killAtMs), world.RestartServer);

        RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(10));

        Assert.InRange(world.Runs.Count, 0, 1);
        if (end.Kind == RiceClientEventKind.Failed)
        {
            Assert.Equal(CallErrorCode.OutcomeUnknown, end.Error!.Code);
        }
        else
        {
            Assert.Single(world.Runs);
        }

        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Opaque_call_that_was_running_when_the_server_restarted_is_unknown()
    {
        World world = WithSlow(FunctionKind.Opaque, TimeSpan.FromSeconds(2));
        world.After(TimeSpan.FromMilliseconds(500), world.RestartServer);

        RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(10));

        Assert.Equal(CallErrorCode.OutcomeUnknown, end.Error!.Code);
        Assert.Single(world.Runs);
    }

    /// <summary>Found by a swarm: the digest covers the parameters, and a bit that flips in the request id made a second request.</summary>
    [Fact]
    public void Opaque_call_whose_request_id_was_changed_on_the_way_runs_once()
    {
        World world = WithSlow(FunctionKind.Opaque, TimeSpan.Zero);
        bool isChanged = false;
        world.OnWayToServer = packet =>
        {
            byte[] copy = packet.ToArray();
            int component = copy.AsSpan().IndexOf((ReadOnlySpan<byte>)[59, RunId.Octets]);
            if (!isChanged && component >= 0)
            {
                isChanged = true;
                copy[component + 2] ^= 1;
            }

            return copy;
        };

        RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(10));

        Assert.True(isChanged);
        Assert.Null(end.Error);
        Assert.Single(world.Runs);
    }

    [Fact]
    public void Opaque_call_whose_answer_was_lost_in_the_restart_is_unknown()
    {
        World world = WithSlow(FunctionKind.Opaque, TimeSpan.Zero);
        world.CallAndWait(Sample.Count, Sample.Octets(10));
        world.RunUntil(world.Now + TimeSpan.FromSeconds(1));
        world.OnWayToClient = _ => null;
        world.After(TimeSpan.FromMilliseconds(20), () =>
        {
            world.RestartServer();
            world.OnWayToClient = null;
        });

        RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(10));

        Assert.Equal(CallErrorCode.OutcomeUnknown, end.Error!.Code);
        Assert.Equal(2, world.Runs.Count);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Pure_call_over_a_restart_completes(int killAtMs)
    {
        World world = WithSlow(FunctionKind.Pure, TimeSpan.FromSeconds(2));
        world.After(TimeSpan.FromMilliseconds(killAtMs), world.RestartServer);

        RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(30_000));

        Assert.Equal(RiceClientEventKind.Completed, end.Kind);
        Assert.Equal(Sample.Octets(30_000).Cbor.ToArray(), end.Result.ToArray());
        world.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(FunctionKind.Pure, 500, CallErrorCode.DeadlineExceeded)]
    [InlineData(FunctionKind.Opaque, 500, CallErrorCode.OutcomeUnknown)]
    [InlineData(FunctionKind.Opaque, 0, CallErrorCode.DeadlineExceeded)]
    [InlineData(FunctionKind.Pure, 0, CallErrorCode.DeadlineExceeded)]
    public void Server_that_vanishes_is_a_clear_error_at_the_deadline(FunctionKind kind, int killAtMs, CallErrorCode expected)
    {
        World world = WithSlow(kind, TimeSpan.FromSeconds(2));
        world.After(TimeSpan.FromMilliseconds(killAtMs), world.KillServer);
        Instant before = world.Now;

        RiceClientEvent end = world.CallAndWait(
            new CallRequest { Function = Sample.Count, Arguments = [Sample.Octets(10)], Timeout = TimeSpan.FromSeconds(10) });

        Assert.Equal(expected, end.Error!.Code);
        Assert.InRange((world.Now - before).TotalSeconds, 0, 10.001);
        world.AssertNothingIsLeft();
    }

    [Fact]
    public void Route_that_vanishes_under_an_opaque_call_is_unknown_and_under_a_pure_one_no_route()
    {
        foreach (FunctionKind kind in (FunctionKind[])[FunctionKind.Opaque, FunctionKind.Pure])
        {
            World world = WithSlow(kind, TimeSpan.FromSeconds(2));
            world.After(TimeSpan.FromMilliseconds(700), () => world.HasRoute = false);

            RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(10));

            Assert.Equal(kind == FunctionKind.Opaque ? CallErrorCode.OutcomeUnknown : CallErrorCode.NoRoute, end.Error!.Code);
        }
    }

    [Fact]
    public void Route_that_flaps_while_a_job_runs_does_no_harm()
    {
        World world = WithSlow(FunctionKind.Opaque, TimeSpan.FromSeconds(2));
        world.After(TimeSpan.FromMilliseconds(300), () => world.HasRoute = false);
        world.After(TimeSpan.FromMilliseconds(900), () => world.HasRoute = true);

        Assert.Equal(RiceClientEventKind.Completed, world.CallAndWait(Sample.Count, Sample.Octets(10)).Kind);
    }

    private static World WithSlow(FunctionKind kind, TimeSpan duration)
    {
        var world = new World();
        FunctionDescriptor descriptor = kind == FunctionKind.Pure ? Sample.Pure(Sample.Count) : Sample.Opaque(Sample.Count);
        world.Offer(descriptor, run => Sample.EchoOf(run, duration));
        return world;
    }
}
