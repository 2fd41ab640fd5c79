using Piccolo.Sdk;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>An application of one lambda.</summary>
internal sealed class Own(Func<Own, CancellationToken, Task> run) : AsyncApplication
{
    public TimeProvider Clock => Time;

    public Task Wait(long delayNs) => WaitAsync(delayNs);

    protected override Task RunAsync(PiccoloClient client, CancellationToken stop) => run(this, stop);
}

/// <summary>A synchronous application that awaits, which none should.</summary>
internal sealed class Waiter(Func<Waiter, Task> run) : SimApplication
{
    public Task? Running { get; private set; }

    public void Send() => Send(new byte[10]);

    public void Wait() => Schedule(1, static () => { });

    protected override void OnStart() => Running = run(this);
}

/// <summary>An application that throws when it starts.</summary>
internal sealed class Thrower : SimApplication
{
    protected override void OnStart() => throw new InvalidOperationException("no luck");
}
