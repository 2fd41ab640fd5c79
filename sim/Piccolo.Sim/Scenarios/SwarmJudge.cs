using System.Globalization;
using Piccolo.Forwarder;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Scenarios;

/// <summary>Runs a member of a swarm, and sees whether what must always hold does.</summary>
/// <remarks>
/// Three phases. Safety: faults are on, and tables stay within their sizes, links account for every frame, no content is delivered
/// twice, every Interest of a consumer is answered, given up or outstanding. Liveness: faults cease, and each consumer that still asks
/// gets something within <see cref="SwarmPlan.HealBoundNs"/>. Quiet: consumers stop, and after the lifetimes no node has a pending
/// Interest, no frame is out or in a link, and no timer waits. Rooms write no log of their own: what another program would log as an error
/// is an exception of theirs (in debug builds also a broken invariant), and ends the run.
/// </remarks>
public static class SwarmJudge
{
    private const long Second = 1_000_000_000;

    /// <summary>Runs a plan.</summary>
    /// <exception cref="SimulationException">The simulator or an application failed.</exception>
    public static SwarmResult Run(SwarmPlan plan, CancellationToken cancellation = default) => Run(plan, 1, cancellation);

    /// <summary>Runs a plan on several threads; the result is that of one.</summary>
    /// <exception cref="SimulationException">The simulator or an application failed.</exception>
    public static SwarmResult Run(SwarmPlan plan, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var run = new ScenarioRun(plan.Settings, new ScenarioRunOptions { Threads = threads });
        return Run(run, plan, cancellation);
    }

    /// <summary>Runs the run of a plan.</summary>
    /// <exception cref="SimulationException">The simulator or an application failed.</exception>
    public static SwarmResult Run(ScenarioRun run, SwarmPlan plan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(plan);
        SimNetwork network = run.Network;
        var failures = new List<string>();
        var watch = new SwarmWatch(network.Nodes.Count, network.ApplicationLog);
        network.ApplicationLog = watch;
        network.Every(Second, () => CheckTables(network, failures));
        for (long nowNs = Second; nowNs < plan.FaultsEndNs && failures.Count == 0; nowNs += Second)
        {
            cancellation.ThrowIfCancellationRequested();
            network.RunUntil(nowNs);
        }

        if (failures.Count == 0)
        {
            network.RunUntil(plan.FaultsEndNs);
            foreach (SimLink link in network.Links)
            {
                link.AtoB.StopFaults();
                link.BtoA.StopFaults();
            }

            Heal(run, plan, failures, cancellation);
        }

        if (failures.Count == 0)
        {
            Rest(run, failures, cancellation);
        }

        failures.AddRange(watch.Failures);
        if (plan.FindFault() is string fault)
        {
            failures.Add(fault);
        }

        return new SwarmResult(plan.Number, network.Digest, network.EventCount, failures);
    }

    private static void Heal(ScenarioRun run, SwarmPlan plan, List<string> failures, CancellationToken cancellation)
    {
        SimNetwork network = run.Network;
        var waiting = new List<(Consumer Consumer, long Received)>();
        var calling = new List<(FunctionClient Client, long Completed)>();
        foreach (ApplicationSettings application in run.Settings.Applications.DistinctBy(one => one.Node))
        {
            foreach (Consumer consumer in Consumers(network.Nodes[application.Node]))
            {
                waiting.Add((consumer, consumer.ReceivedCount));
            }

            foreach (FunctionClient client in Clients(network.Nodes[application.Node]))
            {
                calling.Add((client, client.CompletedCount));
            }
        }

        // Who has got all it wanted, or never asks again, need not get more.
        bool IsDone(Consumer consumer) => !consumer.IsRunning || consumer.Settings.Batches.Count > 0
            || (consumer.Settings.CountMax > 0 && consumer.RequestedCount >= consumer.Settings.CountMax && consumer.OutstandingCount == 0);
        static bool IsServed(FunctionClient client) => !client.IsRunning
            || (client.Settings.CountMax > 0 && client.CalledCount >= client.Settings.CountMax && client.OutstandingCount == 0);
        long endNs = plan.FaultsEndNs + SwarmPlan.HealBoundNs;
        while (waiting.Count + calling.Count > 0 && network.NowNs < endNs && failures.Count == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            network.RunUntil(Math.Min(endNs, network.NowNs + Second));
            waiting.RemoveAll(one => one.Consumer.ReceivedCount > one.Received || IsDone(one.Consumer));
            calling.RemoveAll(one => one.Client.CompletedCount > one.Completed || IsServed(one.Client));
        }

        foreach ((FunctionClient client, _) in calling)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"no call of node '{client.Node.Name}' succeeded for {SwarmPlan.HealBoundNs / Second} s after the faults ceased"));
        }

        foreach ((Consumer consumer, _) in waiting)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the consumer of node '{consumer.Node.Name}' got nothing for {SwarmPlan.HealBoundNs / Second} s after the faults ceased"));
        }
    }

    private static void Rest(ScenarioRun run, List<string> failures, CancellationToken cancellation)
    {
        SimNetwork network = run.Network;
        network.At(network.NowNs, () =>
        {
            foreach (SimNode node in network.Nodes)
            {
                foreach (SimApplication application in node.Applications)
                {
                    CheckConsumer(application, failures);
                    if (application is not Producer)
                    {
                        node.Schedule(0, application.Stop);
                    }
                }
            }
        });
        network.RunUntil(network.NowNs + 1);
        cancellation.ThrowIfCancellationRequested();
        network.RunUntil(network.NowNs + SwarmPlan.QuietNs);
        CheckQuiet(network, failures);
        foreach (SimNode node in network.Nodes)
        {
            if (node.IsUp && node.Forwarder.PitEntryCount > 0)
            {
                failures.Add($"node '{node.Name}' has {node.Forwarder.PitEntryCount} Interests pending long after their lifetimes");
            }

            // A node that stays down keeps the tables it had, and so what waited in them.
            bool isWhole = network.Nodes.All(static one => one.IsUp);
            if (isWhole && node.Partition.Frames.Outstanding > 0)
            {
                failures.Add($"{node.Partition.Frames.Outstanding} frames are out while the network is quiet: "
                    + node.Partition.Frames.DescribeOutstanding());
                break;
            }
        }
    }

    private static void CheckQuiet(SimNetwork network, List<string> failures)
    {
        if (network.PendingEventCount > 0)
        {
            failures.Add($"{network.PendingEventCount} timers and frames wait while the network is quiet");
        }

        foreach (SimLink link in network.Links)
        {
            long queued = link.AtoB.Counters.Queued + link.BtoA.Counters.Queued;
            if (queued > 0)
            {
                failures.Add($"{queued} frames are in link '{link.A.Name}'-'{link.B.Name}' while the network is quiet");
            }
        }
    }

    private static IEnumerable<FunctionClient> Clients(SimNode node) => node.IsUp ? node.Applications.OfType<FunctionClient>() : [];

    private static IEnumerable<Consumer> Consumers(SimNode node) => node.IsUp ? node.Applications.OfType<Consumer>() : [];

    private static void CheckTables(SimNetwork network, List<string> failures)
    {
        network.CheckConservation();
        foreach (SimNode node in network.Nodes)
        {
            ForwarderCore forwarder = node.Forwarder;
            Require(failures, node, "content store", forwarder.ContentStoreEntryCount, node.Settings.ContentStoreCapacity);
            Require(failures, node, "PIT", forwarder.PitEntryCount, node.Settings.PitCapacity);
            Require(failures, node, "content store in octets", forwarder.MemoryReport.ContentStoreOctets,
                node.Settings.ContentStoreOctetsMax);
            foreach (SimApplication application in node.IsUp ? node.Applications : [])
            {
                CheckConsumer(application, failures);
            }
        }
    }

    private static void Require(List<string> failures, SimNode node, string table, long value, long most)
    {
        if (value > most && failures.Count < 20)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the {table} of node '{node.Name}' holds {value}, more than its {most}, at {node.NowNs / 1e9:0.###} s"));
        }
    }

    /// <summary>Every call ends with a right result or an error, or is under way.</summary>
    private static void CheckCalls(SimApplication application, List<string> failures)
    {
        if (application is not FunctionClient { IsRunning: true } client || failures.Count >= 20)
        {
            return;
        }

        if (client.WrongCount > 0)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture, $"{client.WrongCount} calls of node '{client.Node.Name}' were answered wrongly"));
        }

        long ended = client.CompletedCount + client.FailedCount + client.OutstandingCount;
        if (ended != client.CalledCount)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"node '{client.Node.Name}' made {client.CalledCount} calls, and {ended} ended or are under way"));
        }
    }

    private static void CheckConsumer(SimApplication application, List<string> failures)
    {
        CheckCalls(application, failures);
        if (application is not Consumer { IsRunning: true, Settings.Popularity: null } consumer)
        {
            return;
        }

        long ended = consumer.ReceivedCount + consumer.FailedCount + consumer.OutstandingCount;
        if (ended != consumer.RequestedCount && failures.Count < 20)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the consumer of node '{consumer.Node.Name}' asked for {consumer.RequestedCount} contents, and {ended} were answered, ")
                + "given up or are outstanding");
        }
    }
}
