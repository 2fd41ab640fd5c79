using System.Diagnostics;
using System.Globalization;
using Piccolo.Bench.Sim.Queues;
using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Spectre.Console;

namespace Piccolo.Bench.Sim;

/// <summary>Event queues compared by the hold model: take the first event, put it back later, with a constant number pending.</summary>
/// <remarks>Source: Jones, "An empirical comparison of priority-queue and event-set implementations", 1986.</remarks>
internal static class QueueBenchmark
{
    private const int Increments = 1 << 16;
    private const double NsPerSecond = 1e9;

    private static readonly (string Name, Func<IPendingEvents> Make)[] Queues =
    [
        ("binary heap", static () => new BinaryHeap()),
        ("4-ary heap", static () => new QuaternaryHeap()),
        ("calendar", static () => new CalendarQueue()),
        ("the kernel's", static () => new KernelQueue()),
    ];

    private static readonly (string Name, Func<IRandomSource, long> Draw)[] Workloads =
    [
        ("exponential", Distribution.Exponential(1_000_000).Next),
        ("uniform", Distribution.Uniform(0, 2_000_000).Next),
        ("bimodal", static random => random.NextBelow(10) == 0
            ? Distribution.Uniform(50_000_000, 150_000_000).Next(random)
            : Distribution.Uniform(0, 100_000).Next(random)),
    ];

    /// <summary>Runs every queue on every workload and prints the table.</summary>
    public static int Run(bool isQuick)
    {
        int holds = isQuick ? 200_000 : 2_000_000;
        int repetitions = isQuick ? 3 : 5;
        WarmUp();
        var table = new Table().Title($"Hold model, {holds:N0} holds, median of {repetitions}");
        table.AddColumns("increments", "pending", "queue", "ns per hold", "events/s", "binary heap's time / its");
        foreach ((string workload, Func<IRandomSource, long> draw) in Workloads)
        {
            IRandomSource random = new RandomStreams(1).For("bench.queue");
            var increments = new long[Increments];
            for (int i = 0; i < Increments; i++)
            {
                increments[i] = draw(random);
            }

            foreach (int pending in new[] { 10, 1_000, 100_000, 1_000_000 })
            {
                AddRows(table, workload, pending, increments, holds, repetitions);
            }
        }

        AnsiConsole.Write(table);
        return 0;
    }

    /// <summary>Lets the compiler see every queue under load before anything is timed.</summary>
    private static void WarmUp()
    {
        long[] increments = [.. Enumerable.Range(0, Increments).Select(static i => (long)((uint)i * 2654435761 % 2_000_003))];
        for (int round = 0; round < 10; round++)
        {
            foreach ((_, Func<IPendingEvents> make) in Queues)
            {
                NsPerHold(make(), 1_000, increments, 100_000, out _);
            }
        }
    }

    private static void AddRows(Table table, string workload, int pending, long[] increments, int holds, int repetitions)
    {
        var times = new double[Queues.Length][];
        for (int q = 0; q < Queues.Length; q++)
        {
            times[q] = new double[repetitions];
        }

        // Repetitions alternate between the queues, so that a disturbance of the machine hits all of them.
        var digests = new ulong[Queues.Length];
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            for (int q = 0; q < Queues.Length; q++)
            {
                times[q][repetition] = NsPerHold(Queues[q].Make(), pending, increments, holds, out digests[q]);
            }
        }

        if (digests.Any(digest => digest != digests[0]))
        {
            throw new InvalidOperationException($"the queues disagree about the order of events, {workload}, {pending} pending");
        }

        foreach (double[] runs in times)
        {
            Array.Sort(runs);
        }

        for (int q = 0; q < Queues.Length; q++)
        {
            double ns = times[q][repetitions / 2];
            table.AddRow(
                workload,
                pending.ToString("N0", CultureInfo.InvariantCulture),
                Queues[q].Name,
                ns.ToString("F1", CultureInfo.InvariantCulture),
                (NsPerSecond / ns).ToString("N0", CultureInfo.InvariantCulture),
                (times[0][repetitions / 2] / ns).ToString("F2", CultureInfo.InvariantCulture));
        }
    }

    private static double NsPerHold(IPendingEvents queue, int pending, long[] increments, int holds, out ulong digest)
    {
        ulong order = 0;
        for (int i = 0; i < pending; i++)
        {
            queue.Add(new PendingEvent(increments[i % Increments], order++, i));
        }

        // As many holds again bring the queue to its steady state.
        digest = Hold(queue, Math.Min(pending * 2, holds), increments, ref order);
        long start = Stopwatch.GetTimestamp();
        digest ^= Hold(queue, holds, increments, ref order);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / holds;
    }

    private static ulong Hold(IPendingEvents queue, int holds, long[] increments, ref ulong order)
    {
        ulong digest = 0;
        for (int i = 0; i < holds; i++)
        {
            queue.TryTake(out PendingEvent item);
            digest = (digest * 31) + (ulong)item.TimeNs + item.Order;
            queue.Add(new PendingEvent(item.TimeNs + increments[order % Increments], order++, item.Slot));
        }

        return digest;
    }
}
