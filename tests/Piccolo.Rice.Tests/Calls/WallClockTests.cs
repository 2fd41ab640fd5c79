using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>Clocks that are set, and machines that were suspended.</summary>
public sealed class WallClockTests
{
    private const ulong HourMs = 3_600_000;
    private readonly World _world = new();

    public WallClockTests() => _world.Offer(Sample.Opaque(Sample.Count), run => Sample.EchoOf(run));

    private ulong UnixNow => World.UnixTimeAtZeroMs + (ulong)_world.Now.Milliseconds;

    [Fact]
    public void Server_that_was_suspended_takes_opaque_calls_again_once_it_knows_the_time()
    {
        _world.Client.HandleWallClock(UnixNow + HourMs, _world.Now);
        Assert.Equal(CallErrorCode.Expired, Call().Error!.Code);

        _world.Server!.HandleWallClock(UnixNow + HourMs, _world.Now);

        Assert.Equal(RiceClientEventKind.Completed, Call().Kind);
    }

    [Fact]
    public void Caller_whose_clock_was_wrong_is_served_once_it_is_set_back_or_forward()
    {
        _world.Client.HandleWallClock(UnixNow + HourMs, _world.Now);
        Assert.Equal(CallErrorCode.Expired, Call().Error!.Code);
        _world.Client.HandleWallClock(UnixNow, _world.Now);
        Assert.Equal(RiceClientEventKind.Completed, Call().Kind);

        _world.Client.HandleWallClock(1, _world.Now);
        Assert.Equal(CallErrorCode.Expired, Call().Error!.Code);
        _world.Client.HandleWallClock(UnixNow, _world.Now);
        Assert.Equal(RiceClientEventKind.Completed, Call().Kind);
    }

    [Fact]
    public void Server_whose_clock_is_set_back_runs_no_request_again_that_it_forgot()
    {
        ReadOnlyMemory<byte> call = default;
        _world.OnWayToServer = packet =>
        {
            bool isCall = Interest.TryDecode(packet.Span, out Interest? interest) == TlvStatus.Ok
                && interest!.ApplicationParameters is not null;
            call = isCall ? packet : call;
            return packet;
        };
        Assert.Equal(RiceClientEventKind.Completed, Call().Kind);
        ulong issued = UnixNow;
        _world.RunUntil(_world.Now + TimeSpan.FromHours(2));
        Assert.Equal(0, _world.Server!.JournalCount);

        _world.Server.HandleWallClock(issued, _world.Now);
        _world.Server.HandleInterest(call.Span, _world.Now);
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1));

        Assert.Single(_world.Runs);
        Assert.Equal(1ul, _world.Server.Counters.RefusedExpired);
    }

    private RiceClientEvent Call() => _world.CallAndWait(Sample.Count, Sample.Octets(10));
}
