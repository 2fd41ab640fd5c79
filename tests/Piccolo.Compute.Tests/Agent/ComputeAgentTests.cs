using Piccolo.Compute.Agent;
using Piccolo.Compute.Environments;
using Piccolo.Compute.Values;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;
using Piccolo.Rice.Server;

namespace Piccolo.Compute.Tests.Agent;

/// <summary>Calls through client, server, binder and environment, joined without a wire.</summary>
public sealed class ComputeAgentTests
{
    private static readonly Name Function = Name.Parse("/sample/double");
    private readonly RiceClientCore _client = new(new RiceClientOptions(), new XoshiroRandomSource(1));
    private readonly ComputeAgent _agent = new(
        new AgentOptions { Server = new RiceServerOptions { SignatureInfo = SignatureInfo.For(DigestSha256Signer.Instance) } },
        new XoshiroRandomSource(2),
        Instant.Zero);

    private readonly List<AgentEvent> _reports = [];
    private Instant _now = Instant.FromMilliseconds(10);

    [Fact]
    public void Call_is_bound_run_and_answered()
    {
        Deploy(new FakeEnvironment(Double));

        RiceClientEvent end = Call(21);

        Assert.True(ValueCodec.TryDecode(end.Result, ValueLimits.Default, out object? value, out _));
        Assert.Equal(42L, value);
        Assert.Equal(AgentEventKind.FunctionServed, Assert.Single(_reports).Kind);
        Assert.Equal(7ul, _agent.Counters.FuelUsed);
        Assert.Equal(0, _agent.ActiveJobCount);
    }

    [Fact]
    public void Wrong_argument_is_an_error_that_names_it_and_nothing_runs()
    {
        Deploy(new FakeEnvironment(Double));

        RiceClientEvent end = Call("many");

        Assert.Equal(new CallError(CallErrorCode.BadArguments, "must be an integer, but is text", "number"), end.Error);
        Assert.Equal(0ul, _agent.Counters.Invoked);
    }

    [Fact]
    public void Wrong_argument_of_a_function_that_takes_long_is_told_at_once()
    {
        Deploy(new FakeEnvironment(Double), typicalMs: 50_000);
        Instant start = _now;

        RiceClientEvent end = Call("many");

        Assert.Equal(CallErrorCode.BadArguments, end.Error!.Code);
        Assert.True(_now - start < TimeSpan.FromSeconds(1), $"it was told after {_now - start}");
    }

    [Fact]
    public void Function_that_fails_reports_its_message()
    {
        Deploy(new FakeEnvironment(call => EnvironmentEvent.Failure(call.Id, new CallError(CallErrorCode.FunctionFailed, "no luck"))));

        Assert.Equal(new CallError(CallErrorCode.FunctionFailed, "no luck"), Call(1).Error);
    }

    [Fact]
    public void Deployment_that_fails_is_reported_and_not_served()
    {
        Deploy(new FakeEnvironment(Double) { RefusesCode = true });

        Assert.Equal(AgentEventKind.DeploymentFailed, Assert.Single(_reports).Kind);
        Assert.Equal(CallErrorCode.UnknownFunction, Call(1).Error!.Code);
    }

    [Fact]
    public void Withdrawn_function_is_unknown_and_its_instance_ended()
    {
        var environment = new FakeEnvironment(Double);
        Deploy(environment);

        Assert.True(_agent.Withdraw(Function, _now));
        Drain();

        Assert.Equal(1ul, Assert.Single(environment.Terminated));
        Assert.Equal(CallErrorCode.UnknownFunction, Call(1).Error!.Code);
        Assert.Equal(AgentEventKind.FunctionWithdrawn, _reports[^1].Kind);
    }

    [Fact]
    public void Instance_that_is_lost_is_withdrawn()
    {
        var environment = new FakeEnvironment(Double);
        Deploy(environment);
        environment.Push(new EnvironmentEvent { Kind = EnvironmentEventKind.InstanceLost, InstanceId = 1 });

        _agent.HandleReports(_now);

        Assert.Empty(_agent.Functions.All);
    }

    [Fact]
    public void Call_past_its_time_is_cancelled_in_the_environment_and_its_late_result_ignored()
    {
        var environment = new FakeEnvironment(_ => null);
        Deploy(environment);
        ulong id = _client.Call(Request(1) with { Timeout = TimeSpan.FromHours(3) }, _now);
        RiceClientEvent? end = Pump(id, Instant.FromMilliseconds(7_300_000));

        Assert.Equal(CallErrorCode.Cancelled, end!.Error!.Code);
        ulong cancelled = Assert.Single(environment.Cancelled);
        environment.Push(EnvironmentEvent.Result(cancelled, new byte[] { 1 }));
        _agent.HandleReports(_now);
        Assert.Equal(1ul, _agent.ServerCounters.LateOutcomes);
    }

    [Fact]
    public void Another_version_of_a_served_function_is_reported_as_served_and_ends_the_instance_before()
    {
        var environment = new FakeEnvironment(Double);
        Deploy(environment);

        Deploy(environment, codeVersion: 2);

        Assert.Equal([AgentEventKind.FunctionServed, AgentEventKind.FunctionServed], _reports.ConvertAll(report => report.Kind));
        Assert.Equal(2ul, Assert.Single(_agent.Functions.All).Descriptor.CodeVersion);
        Assert.Equal(1ul, Assert.Single(environment.Terminated));
        Assert.Equal(RiceClientEventKind.Completed, Call(21).Kind);
    }

    [Fact]
    public void Opaque_call_is_taken_after_a_suspension_once_the_agent_knows_the_time()
    {
        Deploy(new FakeEnvironment(Double), kind: FunctionKind.Opaque);
        _client.HandleWallClock(3_600_000, _now);
        Assert.Equal(CallErrorCode.Expired, Call(21).Error!.Code);

        _agent.HandleWallClock(3_600_000 + (ulong)_now.Milliseconds, _now);

        Assert.Equal(RiceClientEventKind.Completed, Call(21).Kind);
    }

    private static EnvironmentEvent Double(Invocation call) =>
        EnvironmentEvent.Result(call.Id, ValueCodec.Encode(2 * (long)call.Arguments[0].Value!), fuelUsed: 7);

    private void Deploy(FakeEnvironment environment, ulong typicalMs = 0, ulong codeVersion = 1, FunctionKind kind = FunctionKind.Pure)
    {
        var descriptor = new FunctionDescriptor
        {
            Name = Function,
            Kind = kind,
            CodeVersion = codeVersion,
            Parameters = [new("number", ValueKind.Int)],
            TypicalMs = typicalMs,
        };
        _agent.Deploy(new FunctionPackage(descriptor, default), environment, _now);
        Drain();
    }

    private static CallRequest Request(object? value) =>
        new() { Function = Function, Arguments = [new SuppliedArgument("", ValueCodec.Encode(value))] };

    private RiceClientEvent Call(object? value) =>
        Pump(_client.Call(Request(value), _now), _now + TimeSpan.FromSeconds(60))
        ?? throw new InvalidOperationException("the call did not end");

    private RiceClientEvent? Pump(ulong id, Instant end)
    {
        while (_now < end)
        {
            RiceClientEvent? report = Drain();
            if (report?.Id == id)
            {
                return report;
            }

            _now = Instant.Max(_now, Instant.Min(Instant.Min(_client.NextTimeout, _agent.NextTimeout), end));
            _client.HandleTimeout(_now);
            _agent.HandleTimeout(_now);
        }

        return null;
    }

    private RiceClientEvent? Drain()
    {
        RiceClientEvent? end = null;
        bool isMoving = true;
        while (isMoving)
        {
            isMoving = false;
            while (_client.TryTakeTransmit(out ReadOnlyMemory<byte> packet))
            {
                isMoving = _agent.HandleInterest(packet.Span, _now);
            }

            while (_agent.TryTakeEvent(out AgentEvent? report))
            {
                isMoving = true;
                if (report!.Kind == AgentEventKind.SignatureNeeded)
                {
                    byte[] signature = new byte[32];
                    DigestSha256Signer.Instance.Sign(report.Portion.Span, signature);
                    _agent.HandleSigned(report.Id, signature, _now);
                }
                else
                {
                    _reports.Add(report);
                }
            }

            while (_agent.TryTakeTransmit(out ReadOnlyMemory<byte> packet))
            {
                isMoving = true;
                _client.HandleData(packet.Span, _now);
            }

            while (_client.TryTakeEvent(out RiceClientEvent? report))
            {
                isMoving = true;
                if (report!.Kind == RiceClientEventKind.VerifyNeeded)
                {
                    _client.HandleVerified(report.Id, isTrusted: true, _now);
                }
                else
                {
                    end = report;
                }
            }
        }

        return end;
    }
}
