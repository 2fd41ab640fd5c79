using System.CommandLine;
using System.Globalization;
using Piccolo.Sim.Cli.Output;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim replay</c>: runs a scenario again, with the trace of its frames, and compares digests.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> file = CommonOptions.File();
        Option<ulong?> seed = CommonOptions.Seed();
        Option<string[]> set = CommonOptions.Set("The value of a parameter; may be given several times.");
        var trace = new Option<bool>("--trace") { Description = "Print every frame that enters a link, and what became of it." };
        var digest = new Option<string?>("--digest") { Description = "The digest that the run must have.", HelpName = "HEX" };
        var swarm = new Option<ulong?>("--swarm")
        {
            Description = "Replay this number of a swarm instead of the scenario as it is.",
            HelpName = "N"
        };
        var command = new Command("replay", "Run a scenario again and compare its digest.") { file, seed, set, trace, digest, swarm };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new SimOutput(parsed.GetValue(CommonOptions.Json));
            Scenario scenario = Scenario.Load(parsed.GetValue(file)!);
            ulong? wanted = parsed.GetValue(digest) is string text ? ParseDigest(text) : null;
            Dictionary<string, string> parameters = CommonOptions.Pairs(parsed.GetValue(set));
            ScenarioSettings settings = scenario.Settle(parsed.GetValue(seed), parameters);
            SwarmPlan? plan = parsed.GetValue(swarm) is ulong number ? SwarmPlan.Make(settings, number) : null;
            return Task.FromResult(Replay(output, plan?.Settings ?? settings, plan, wanted, parsed.GetValue(trace), cancellation));
        });
        return command;
    }

    private static int Replay(
        SimOutput output, ScenarioSettings settings, SwarmPlan? plan, ulong? wanted, bool isTraced, CancellationToken cancellation)
    {
        // One thread: the trace comes in the order of events, and the digest is the same with any number.
        using var run = new ScenarioRun(settings, new ScenarioRunOptions { Threads = 1 });
        if (isTraced)
        {
            FrameTrace.Attach(run.Network, Console.Out);
        }

        if (plan is not null)
        {
            SimOutput.Remark(plan.Describe());
        }

        try
        {
            SwarmResult? swarm = plan is null ? null : SwarmJudge.Run(run, plan, cancellation);
            if (swarm is null)
            {
                run.Run(null, cancellation);
            }

            bool isSame = wanted is null || wanted == run.Network.Digest;
            string hex = run.Network.Digest.ToString("x16", CultureInfo.InvariantCulture);
            if (output.IsJson)
            {
                SimOutput.Json(new
                {
                    Digest = hex,
                    Events = run.Network.EventCount,
                    VirtualNs = run.Network.NowNs,
                    IsSame = wanted is null ? (bool?)null : isSame,
                    Failures = swarm?.Failures ?? [],
                });
            }
            else
            {
                string verdict = wanted is null ? "" : isSame ? ", the same" : $", which differs from {wanted:x16}";
                SimOutput.Line($"digest {hex}{verdict} ({run.Network.EventCount} events)");
            }

            foreach (string failure in swarm?.Failures ?? [])
            {
                SimOutput.Error(failure);
            }

            return isSame && swarm is null or { Failures.Count: 0 } ? 0 : 1;
        }
        catch (SimulationException error)
        {
            SimOutput.Error(error.Message);
            if (error.InnerException is not null)
            {
                SimOutput.Remark(error.InnerException.ToString());
            }

            return 1;
        }
    }

    private static ulong ParseDigest(string text) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong digest)
            ? digest
            : throw new ScenarioException($"--digest takes 16 hexadecimal digits, not '{text}'");
}
