using System.Diagnostics;
using Piccolo.Compute.Environments;
using Piccolo.Compute.Functions;
using Piccolo.Compute.Values;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;
using Piccolo.Sdk.Tests.Support;

namespace Piccolo.Sdk.Tests.Functions;

public sealed class DotNetEnvironmentTests : IDisposable
{
    private static readonly Name Fn = Name.Parse("/fn/one");

    private readonly StepScheduler _scheduler = new();
    private readonly SemaphoreSlim _reported = new(0);

    public void Dispose() => _reported.Dispose();

    [Fact]
    public void A_result_is_reported_with_the_fuel_it_took()
    {
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make((FunctionContext context, int n) =>
        {
            context.Charge(42);
            return n * 2;
        });
        environment.Invoke(Call(definition, 7, instance, 21L), Instant.Zero);
        Assert.Empty(Take(environment));
        _scheduler.RunAll();

        EnvironmentEvent report = Assert.Single(Take(environment));
        Assert.Equal(EnvironmentEventKind.Completed, report.Kind);
        Assert.Equal(7ul, report.Id);
        Assert.Equal(42ul, report.FuelUsed);
        Assert.Null(report.Error);
        Assert.Equal(ValueCodec.Encode(42L), report.Octets.ToArray());
    }

    [Fact]
    public void A_host_is_told_of_fuel_when_it_is_charged_and_of_the_end_in_a_task_after_it()
    {
        List<string> told = [];
        var environment = new DotNetEnvironment(_scheduler, 1, fuelCharged: fuel => told.Add($"{fuel}"))
        {
            EventsAvailable = () => told.Add($"end in task {_scheduler.RunCount}"),
        };
        FunctionDefinition definition = Definition((FunctionContext context) =>
        {
            context.Charge(2);
            told.Add($"between in task {_scheduler.RunCount}");
            context.Charge(3);
            return 1;
        });
        environment.Add(definition);
        ulong instance = Instantiate(environment);
        environment.Invoke(Call(definition, 1, instance), Instant.Zero);
        _scheduler.RunAll();
        Assert.Equal(["2", "between in task 1", "3", "end in task 2"], told);
    }

    [Fact]
    public void What_a_function_throws_becomes_an_error_with_its_message()
    {
        Assert.Equal(
            new CallError(CallErrorCode.FunctionFailed, "out of luck"),
            ErrorOf((int n) => n > 0 ? throw new InvalidOperationException("out of luck") : 0, 1L));
        Assert.Equal(
            new CallError(CallErrorCode.BadArguments, "must be even", "n"),
            ErrorOf((int n) => n > 0 ? throw new FunctionArgumentException("n", "must be even") : 0, 1L));
        CallError overflow = ErrorOf((byte n) => n, 300L);
        Assert.Equal(CallErrorCode.BadArguments, overflow.Code);
        Assert.Equal("n", overflow.ArgumentName);

        // A cancellation that is not the call's own is a failure like any other.
        Assert.Equal(CallErrorCode.FunctionFailed, ErrorOf((int n) => n > 0 ? throw new OperationCanceledException() : 0, 1L).Code);
    }

    [Fact]
    public async Task Calls_beyond_the_limits_wait_and_then_are_refused_as_busy()
    {
        var gates = new List<TaskCompletionSource<int>>();
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make(
            () =>
            {
                var gate = new TaskCompletionSource<int>();
                gates.Add(gate);
                return gate.Task;
            },
            runningMax: 2,
            waitingMax: 1);
        for (ulong id = 1; id <= 5; id++)
        {
            environment.Invoke(Call(definition, id, instance), Instant.Zero);
        }

        _scheduler.RunAll();
        Assert.Equal(2, gates.Count);
        EnvironmentLoad load = environment.QueryLoad();
        Assert.Equal((2, 1), (load.Running, load.Waiting));
        EnvironmentEvent[] refused = Take(environment);
        Assert.Equal([4ul, 5ul], refused.Select(report => report.Id));
        Assert.All(refused, report => Assert.Equal(CallErrorCode.Busy, report.Error!.Code));

        gates[0].SetResult(1);
        await ReportedAsync(1);
        _scheduler.RunAll();
        Assert.Equal(3, gates.Count);
        gates[1].SetResult(1);
        gates[2].SetResult(1);
        await ReportedAsync(2);
        Assert.Equal([1ul, 2ul, 3ul], Take(environment).Select(report => report.Id).Order());
        load = environment.QueryLoad();
        Assert.Equal((0, 0), (load.Running, load.Waiting));
    }

    [Fact]
    public async Task A_waiting_call_starts_on_the_scheduler_and_not_where_the_one_before_it_ended()
    {
        var gate = new TaskCompletionSource<int>();
        List<TaskScheduler> begunOn = [];
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make(
            () =>
            {
                begunOn.Add(TaskScheduler.Current);
                return begunOn.Count == 1 ? gate.Task : Task.FromResult(2);
            },
            runningMax: 1);
        environment.Invoke(Call(definition, 1, instance), Instant.Zero);
        environment.Invoke(Call(definition, 2, instance), Instant.Zero);
        _scheduler.RunAll();
        Assert.Single(begunOn);

        // The function ends on another thread: the next one must not run there.
        gate.SetResult(1);
        await ReportedAsync(1);
        await ReportedAsync(1);
        Assert.Equal([_scheduler, _scheduler], begunOn);
        Assert.Equal(2, Take(environment).Length);
    }

    [Fact]
    public async Task A_running_call_that_is_cancelled_ends_with_an_error()
    {
        var stopped = new TaskCompletionSource();
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make(async (CancellationToken stop) =>
        {
            stop.Register(() => stopped.SetResult());
            await stopped.Task.ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            return 1;
        });
        environment.Invoke(Call(definition, 1, instance), Instant.Zero);
        _scheduler.RunAll();
        environment.Cancel(1, Instant.Zero);
        await ReportedAsync(1);
        EnvironmentEvent report = Assert.Single(Take(environment));
        Assert.Equal(CallErrorCode.Cancelled, report.Error!.Code);
        environment.Cancel(1, Instant.Zero);
        Assert.Empty(Take(environment));
    }

    [Fact]
    public async Task What_a_function_does_when_cancelled_does_not_hold_up_who_cancels()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make(async (CancellationToken stop) =>
        {
            var end = new TaskCompletionSource<int>();
            stop.Register(() =>
            {
                entered.Set();
                leave.Wait();
                end.SetResult(1);
            });
            return await end.Task.ConfigureAwait(false);
        });
        environment.Invoke(Call(definition, 1, instance), Instant.Zero);
        _scheduler.RunAll();
        environment.Cancel(1, Instant.Zero);
        Assert.False(entered.IsSet);
        Task running = Task.Run(_scheduler.RunAll);
        Assert.True(entered.Wait(Limits.Patience));
        leave.Set();
        await running.WaitAsync(Limits.Patience);
        await ReportedAsync(1);
    }

    [Fact]
    public async Task A_waiting_call_that_is_cancelled_never_begins()
    {
        var gate = new TaskCompletionSource<int>();
        int begun = 0;
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make(
            () =>
            {
                begun++;
                return gate.Task;
            },
            runningMax: 1);
        environment.Invoke(Call(definition, 1, instance), Instant.Zero);
        environment.Invoke(Call(definition, 2, instance), Instant.Zero);
        _scheduler.RunAll();
        environment.Cancel(2, Instant.Zero);
        gate.SetResult(1);
        await ReportedAsync(1);
        _scheduler.RunAll();
        await ReportedAsync(1);
        EnvironmentEvent[] reports = Take(environment);
        Assert.Equal(1, begun);
        Assert.Equal(CallErrorCode.Cancelled, reports.Single(report => report.Id == 2).Error!.Code);
        Assert.Null(reports.Single(report => report.Id == 1).Error);
    }

    [Fact]
    public async Task Every_call_is_completed_exactly_once_whatever_happens()
    {
        const int count = 2000;
        var done = new CountdownEvent(count);
        var environment = new DotNetEnvironment(TaskScheduler.Default, runningMax: 4, waitingMax: 64);
        FunctionDefinition definition = FunctionDefinition.FromDelegate(Fn, FunctionKind.Opaque, async (int n, CancellationToken stop) =>
        {
            switch (n % 5)
            {
                case 0:
                    return n;
                case 1:
                    throw new InvalidOperationException("one");
                case 2:
                    await Task.Yield();
                    throw new FunctionArgumentException("n", "two");
                case 3:
                    await Task.Yield();
                    stop.ThrowIfCancellationRequested();
                    return n;
                default:
                    await Task.Yield();
                    return n;
            }
        });
        environment.Add(definition);
        ulong instance = Instantiate(environment);
        int[] completions = new int[count];
        var gate = new Lock();
        void Drain()
        {
            lock (gate)
            {
                while (environment.TryTakeEvent(out EnvironmentEvent? report))
                {
                    completions[report!.Id]++;
                    done.Signal();
                }
            }
        }

        environment.EventsAvailable = Drain;
        for (int i = 0; i < count; i++)
        {
            environment.Invoke(Call(definition, (ulong)i, instance, (long)i), Instant.Zero);
            environment.Cancel((ulong)(i / 2), Instant.Zero);
            Drain();
        }

        Assert.True(await Task.Run(() => done.Wait(Limits.Patience)), $"{done.CurrentCount} calls were never completed");
        Drain();
        Assert.All(completions, completed => Assert.Equal(1, completed));
        Assert.Equal((0, 0), (environment.QueryLoad().Running, environment.QueryLoad().Waiting));
        done.Dispose();
    }

    [Fact]
    public void Orders_that_cannot_be_done_are_answered_with_the_reason()
    {
        var environment = new DotNetEnvironment(_scheduler, 1);
        environment.Instantiate(1, Fn, Instant.Zero);
        environment.Provision(2, new FunctionPackage(Definition(() => 1).Descriptor, default), Instant.Zero);
        environment.Suspend(3, 1, Instant.Zero);
        environment.Resume(4, 1, Instant.Zero);
        environment.Snapshot(5, 1, Instant.Zero);
        environment.Restore(6, Fn, default, Instant.Zero);
        EnvironmentEvent[] reports = Take(environment);
        Assert.Equal([1ul, 2ul, 3ul, 4ul, 5ul, 6ul], reports.Select(report => report.Id));
        Assert.All(reports, report => Assert.Equal(EnvironmentEventKind.OperationFailed, report.Kind));
        Assert.Contains("/fn/one", reports[0].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("/fn/one", reports[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_of_an_instance_that_was_ended_is_completed_with_an_error()
    {
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make(() => 1);
        environment.Terminate(9, instance, Instant.Zero);
        Assert.Equal(EnvironmentEventKind.Terminated, Assert.Single(Take(environment)).Kind);
        environment.Invoke(Call(definition, 1, instance), Instant.Zero);
        _scheduler.RunAll();
        Assert.Equal(CallErrorCode.UnknownFunction, Assert.Single(Take(environment)).Error!.Code);
    }

    private static FunctionDefinition Definition(Delegate method) => FunctionDefinition.FromDelegate(Fn, FunctionKind.Opaque, method);

    private static ulong Instantiate(DotNetEnvironment environment)
    {
        environment.Instantiate(1, Fn, Instant.Zero);
        EnvironmentEvent report = Assert.Single(Take(environment));
        Assert.Equal(EnvironmentEventKind.Instantiated, report.Kind);
        return report.InstanceId;
    }

    private static EnvironmentEvent[] Take(DotNetEnvironment environment)
    {
        List<EnvironmentEvent> reports = [];
        while (environment.TryTakeEvent(out EnvironmentEvent? report))
        {
            reports.Add(report!);
        }

        return [.. reports];
    }

    private static Invocation Call(FunctionDefinition definition, ulong id, ulong instance, params object?[] values)
    {
        IReadOnlyList<ParameterDescriptor> parameters = definition.Descriptor.Parameters;
        BoundArgument[] bound = [.. values.Select((value, i) => new BoundArgument(parameters[i], value, ValueCodec.Encode(value)))];
        return new Invocation(id, instance, definition.Descriptor, bound, Instant.Never);
    }

    private async Task ReportedAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            // A function may end on another thread, whose continuation then comes to the scheduler a little later.
            var patience = Stopwatch.StartNew();
            bool isReported = false;
            while (!isReported && patience.Elapsed < Limits.Patience)
            {
                _scheduler.RunAll();
                isReported = await _reported.WaitAsync(TimeSpan.FromMilliseconds(5));
            }

            Assert.True(isReported, "nothing was reported");
        }
    }

    private CallError ErrorOf(Delegate method, params object?[] values)
    {
        (DotNetEnvironment environment, FunctionDefinition definition, ulong instance) = Make(method);
        environment.Invoke(Call(definition, 1, instance, values), Instant.Zero);
        _scheduler.RunAll();
        return Assert.Single(Take(environment)).Error!;
    }

    private (DotNetEnvironment Environment, FunctionDefinition Definition, ulong Instance) Make(
        Delegate method, int runningMax = 8, int waitingMax = 16)
    {
        var environment = new DotNetEnvironment(_scheduler, runningMax, waitingMax) { EventsAvailable = () => _reported.Release() };
        FunctionDefinition definition = Definition(method);
        environment.Add(definition);
        environment.Provision(1, new FunctionPackage(definition.Descriptor, default), Instant.Zero);
        Assert.Equal(EnvironmentEventKind.Provisioned, Assert.Single(Take(environment)).Kind);
        return (environment, definition, Instantiate(environment));
    }
}
