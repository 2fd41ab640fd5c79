using System.CommandLine;
using System.Globalization;
using System.Text;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Cli.Output;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Scenarios;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim topology</c>: facts of a topology, its drawing, its routes, and other formats of it.</summary>
internal static class TopologyCommand
{
    private const int RoutesShown = 40;

    public static Command Create()
    {
        var source = new Argument<string?>("source")
        {
            Description = "A topology file, a scenario file, or a generator's name.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var parameters = new Argument<string[]>("parameters") { Description = "A generator's parameters, name=value." };
        Option<ulong?> seed = CommonOptions.Seed("The seed of a random generator; 1 if absent.");
        var list = new Option<bool>("--list") { Description = "List the generators and their parameters." };
        var svg = new Option<string?>("--svg") { Description = "Draw it.", HelpName = "FILE" };
        var convert = new Option<string?>("--convert")
        {
            Description = "Print it in another format: annotated, graphml or dot.",
            HelpName = "FORMAT",
        };
        var routes = new Option<string[]>("--routes") { Description = "Show the routes to a prefix of a node.", HelpName = "/prefix=NODE" };
        var command = new Command("topology", "Look at a topology.") { source, parameters, seed, list, svg, convert, routes };
        command.SetAction(parsed =>
        {
            var output = new SimOutput(parsed.GetValue(CommonOptions.Json));
            if (parsed.GetValue(list) || parsed.GetValue(source) is null)
            {
                ListGenerators(output);
                return 0;
            }

            Topology topology = Read(parsed.GetValue(source)!, parsed.GetValue(parameters) ?? [], parsed.GetValue(seed) ?? 1);
            if (parsed.GetValue(svg) is string drawing)
            {
                Write(drawing, TopologyDrawing.ToSvg(topology, Path.GetFileNameWithoutExtension(parsed.GetValue(source)!)));
            }

            if (parsed.GetValue(convert) is string format)
            {
                Console.Out.Write(TopologyWriter.Write(topology, FormatOf(format)));
                return 0;
            }

            string[] requests = parsed.GetValue(routes) ?? [];
            if (requests.Length > 0)
            {
                ShowRoutes(output, topology, requests);
                return 0;
            }

            ShowFacts(output, topology);
            return 0;
        });
        return command;
    }

    private static Topology Read(string source, string[] parameters, ulong seed)
    {
        if (source.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return Scenario.Load(source).Settle(seed, CommonOptions.Pairs(parameters)).Topology;
        }

        if (!TopologyGenerator.Kinds.Any(kind => kind.Kind == source))
        {
            return parameters.Length == 0
                ? TopologyReader.ReadFile(source)
                : throw new ScenarioException($"'{source}' is no generator, and only generators have parameters");
        }

        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, string text) in CommonOptions.Pairs(parameters))
        {
            values[name] = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new ScenarioException($"{name}={text}: a generator's parameters are numbers");
        }

        return TopologyGenerator.Generate(source, values, new LinkSettings(), seed);
    }

    private static void ListGenerators(SimOutput output)
    {
        if (output.IsJson)
        {
            SimOutput.Json(TopologyGenerator.Kinds);
            return;
        }

        SimOutput.Table(
            ["generator", "makes", "parameters (defaults)"],
            TopologyGenerator.Kinds.Select(kind => (IReadOnlyList<string>)
            [
                kind.Kind,
                kind.Summary,
                string.Join(' ', kind.Parameters.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name}={one.Default}"))),
            ]));
    }

    private static void ShowFacts(SimOutput output, Topology topology)
    {
        foreach (string warning in topology.Warnings)
        {
            SimOutput.Remark($"pcl-sim: {warning}");
        }

        TopologyFacts facts = TopologyFacts.Of(topology);
        if (output.IsJson)
        {
            SimOutput.Json(facts);
            return;
        }

        string Number(IFormattable value) => value.ToString("0.###", CultureInfo.InvariantCulture);
        SimOutput.Table(
            ["", ""],
            [
                ["nodes", Number(facts.Nodes)],
                ["links", Number(facts.Links)],
                ["degree, least / mean / most", $"{facts.DegreeMin} / {Number(facts.DegreeMean)} / {facts.DegreeMax}"],
                ["parts", Number(facts.Parts)],
                ["diameter", $"{facts.Diameter} hops{(facts.IsDiameterExact ? "" : " at least")}"],
                ["delays of links", $"{Number(facts.DelayMinNs / 1e6)} to {Number(facts.DelayMaxNs / 1e6)} ms"],
            ]);
    }

    private static void ShowRoutes(SimOutput output, Topology topology, string[] requests)
    {
        var rows = new List<IReadOnlyList<string>>();
        var computer = new RouteComputer(topology);
        foreach (string request in requests)
        {
            int equals = request.LastIndexOf('=');
            int node = equals < 0 ? -1 : topology.IndexOf(request[(equals + 1)..]);
            if (equals <= 0 || !Name.TryParse(request[..equals], out Name prefix, out _) || node < 0)
            {
                throw new ScenarioException($"--routes takes /prefix=NODE with a node of the topology, not '{request}'");
            }

            DestinationRoutes found = computer.ToNearest([node]);
            for (int from = 0; from < topology.Nodes.Count; from++)
            {
                string next = found.NextNode(from) < 0 ? "-" : topology.Nodes[found.NextNode(from)].Name;
                string cost = found.IsReachable(from) ? found.Cost(from).ToString(CultureInfo.InvariantCulture) : "no way";
                rows.Add([prefix.ToString(), topology.Nodes[from].Name, next, cost]);
            }
        }

        if (output.IsJson)
        {
            SimOutput.Json(rows.Select(row => new { Prefix = row[0], Node = row[1], Next = row[2], Cost = row[3] }));
            return;
        }

        SimOutput.Table(["prefix", "node", "next", "cost"], rows.Take(RoutesShown));
        if (rows.Count > RoutesShown)
        {
            SimOutput.Line($"... and {rows.Count - RoutesShown} more; --json has them all");
        }
    }

    private static TopologyFormat FormatOf(string word) => word switch
    {
        "annotated" => TopologyFormat.Annotated,
        "graphml" => TopologyFormat.GraphMl,
        "dot" => TopologyFormat.Dot,
        _ => throw new ScenarioException($"--convert takes annotated, graphml or dot, not '{word}'"),
    };

    private static void Write(string path, string text)
    {
        using var file = new OutputFile(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.EndRecord();
    }
}
