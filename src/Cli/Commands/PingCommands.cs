using System.CommandLine;
using System.Globalization;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Sdk;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl ping</c> and <c>pcl pingserver</c>: is a prefix reachable, and how far away is it.</summary>
/// <remarks>Names are PREFIX/ping/NUMBER, as ndnping of ndn-tools uses them, so that each works with the other's end.</remarks>
internal static class PingCommands
{
    private sealed record PingReport(
        string Prefix, int Sent, int Received, double LossPercent, double MinMs, double AverageMs, double MaxMs);

    /// <summary>Makes the client.</summary>
    public static Command CreatePing()
    {
        Argument<string> prefix = CommonOptions.NameArgument("prefix", "The prefix that a ping server serves.");
        var count = new Option<int>("--count", "-c") { Description = "How many probes.", DefaultValueFactory = _ => 4 }.AtLeast(1);
        var interval = new Option<double>("--interval", "-i")
        {
            Description = "Seconds between probes.",
            DefaultValueFactory = _ => 1,
        }.AtLeast(0);
        var timeout = new Option<double>("--timeout", "-o")
        {
            Description = "Seconds to wait for each answer.",
            DefaultValueFactory = _ => 4,
        }.AtLeast(0.001);
        var command = new Command("ping", "Measure the round trip to a ping server.") { prefix, count, interval, timeout };
        command.SetAction(async (parsed, cancellation) =>
        {
            Nodes.NodeSession session = await Nodes.NodeSession.OpenAsync(parsed.GetValue(CommonOptions.Node), cancellation)
                .ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                var output = new CommandOutput(parsed.GetValue(CommonOptions.Json));
                return await PingAsync(
                    session.Client, CommonOptions.ParseName(parsed.GetValue(prefix)!), parsed.GetValue(count),
                    TimeSpan.FromSeconds(parsed.GetValue(interval)), TimeSpan.FromSeconds(parsed.GetValue(timeout)), output, cancellation)
                    .ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Makes the server.</summary>
    public static Command CreateServer()
    {
        Argument<string> prefix = CommonOptions.NameArgument("prefix", "The prefix to answer under.");
        var command = new Command("pingserver", "Answer pings under a prefix until interrupted.") { prefix };
        command.OnNode(async (session, parsed, _, cancellation) =>
        {
            Name served = CommonOptions.ParseName(parsed.GetValue(prefix)!);
            PrefixRegistration registration = await session.Client.ServeAsync(
                served.Append("ping"),
                (interest, _) => ValueTask.FromResult<Data?>(Data.Create(
                    new DataFields { Name = interest.Name, FreshnessPeriodMs = 1000, Content = "pong"u8.ToArray() },
                    DigestSha256Signer.Instance)),
                cancellation).ConfigureAwait(false);
            await using (registration.ConfigureAwait(false))
            {
                CommandOutput.Line($"ready {served}");
                await Waiting.UntilInterruptedAsync(session.Client, cancellation).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task<int> PingAsync(
        PiccoloClient client, Name prefix, int count, TimeSpan interval, TimeSpan timeout, CommandOutput output,
        CancellationToken cancellation)
    {
        List<double> times = [];
        int sent = 0;
        ulong number = (ulong)Random.Shared.NextInt64(1, long.MaxValue);
        while (sent < count)
        {
            if (sent > 0)
            {
                await Task.Delay(interval, cancellation).ConfigureAwait(false);
            }

            sent++;
            Name probe = prefix.Append("ping").Append((number++).ToString(CultureInfo.InvariantCulture));
            try
            {
                DataAnswer answer = await client.ExpressAsync(
                    new Interest { Name = probe, MustBeFresh = true, LifetimeMs = (ulong)timeout.TotalMilliseconds },
                    ExpressOptions.Once, cancellation).ConfigureAwait(false);
                times.Add(answer.RoundTrip.TotalMilliseconds);
                Say(output, $"answer from {prefix}: {Texts.Milliseconds(answer.RoundTrip)}");
            }
            catch (PiccoloException error)
            {
                Say(output, $"{probe}: {error.Message}");
            }
        }

        var report = new PingReport(
            prefix.ToString(), sent, times.Count, 100.0 * (sent - times.Count) / Math.Max(1, sent),
            times.Count == 0 ? 0 : times.Min(), times.Count == 0 ? 0 : times.Average(), times.Count == 0 ? 0 : times.Max());
        output.Done(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Sent} sent, {report.Received} answered, {report.LossPercent:F0} % lost; ")
            + string.Create(
                CultureInfo.InvariantCulture, $"min/avg/max {report.MinMs:F3}/{report.AverageMs:F3}/{report.MaxMs:F3} ms"),
            report);
        return times.Count == sent ? 0 : 1;
    }

    private static void Say(CommandOutput output, string line)
    {
        if (!output.IsJson)
        {
            CommandOutput.Line(line);
        }
    }
}
