using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Piccolo.Drivers;
using Piccolo.Node.Configuration;
using Piccolo.Storage;

namespace Piccolo.Node;

/// <summary>The program <c>pcl-node</c>.</summary>
internal static class NodeProgram
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--name"] = "Node:Name",
        ["--state"] = "Node:State",
        ["--unix"] = "Listen:Unix",
        ["--udp"] = "Listen:Udp",
        ["--tcp"] = "Listen:Tcp",
        ["--ws"] = "Listen:WebSocket",
        ["--functions"] = "Functions:Load",
        ["--config"] = "Config",
    };

    private const string Help = """
        pcl-node: an NDN forwarder that also computes.

        Usage: pcl-node [options]

          --config FILE            read settings from FILE (default: piccolo.json, when it is there)
          --name NAME              the node's name (default: /piccolo/node/KEY-ID)
          --state DIR              where the node keeps its key (default: ~/.local/state/piccolo)
          --unix PATH|none         listen on a Unix socket (default: /run/nfd/nfd.sock where that may be made)
          --udp HOST:PORT|none     listen on UDP (default: 127.0.0.1:6363; several with commas)
          --tcp HOST:PORT|none     listen on TCP (default: 127.0.0.1:6363; several with commas)
          --ws none                there are no WebSocket faces yet
          --functions samples|none which functions to serve (default: samples)
          --Section:Key VALUE      any setting of docs/operators.md; PICCOLO__Section__Key in the environment does the same
          --version, --help

        It prints one line that begins with "ready" once it serves, logs to stderr, and ends cleanly on SIGTERM.
        """;

    /// <summary>Runs a node until it is told to end.</summary>
    /// <returns>0 after a clean end, 1 when it could not serve, 2 when a setting was wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            Console.WriteLine(Help);
            return 0;
        }

        if (arguments.Contains("--version"))
        {
            Console.WriteLine(Version);
            return 0;
        }

        try
        {
            NodeOptions options = ReadOptions(arguments, out IConfiguration configuration);
            using IHost host = BuildHost(options, configuration);
            await host.RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (NodeOptionsException error)
        {
            Console.Error.WriteLine($"pcl-node: {error.Message}");
            return WrongUsage;
        }
        catch (Exception error) when (error is LinkOpenException or StorageException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"pcl-node: {error.Message}");
            return Failed;
        }
    }

    /// <summary>The version that was built.</summary>
    public static string Version =>
        typeof(NodeProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "0";

    private static NodeOptions ReadOptions(string[] arguments, out IConfiguration configuration)
    {
        var commandLine = ReadCommandLine(arguments);
        string? file = commandLine.TryGetValue("Config", out string? named) ? named : null;
        commandLine.Remove("Config");
        if (file is not null && !File.Exists(file))
        {
            throw new NodeOptionsException($"--config: there is no file '{file}'");
        }

        try
        {
            configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(file ?? "piccolo.json"), optional: file is null)
                .AddEnvironmentVariables("PICCOLO__")
                .AddInMemoryCollection(commandLine!)
                .Build();
        }
        catch (InvalidDataException error)
        {
            throw new NodeOptionsException($"{file ?? "piccolo.json"}: {error.InnerException?.Message ?? error.Message}");
        }

        return NodeOptions.Read(configuration);
    }

    private static Dictionary<string, string> ReadCommandLine(string[] arguments)
    {
        Dictionary<string, string> settings = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals > 0 ? argument[..equals] : argument;
            string? key = Switches.TryGetValue(name, out string? known) ? known
                : name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal) ? name[2..]
                : null;
            if (key is null)
            {
                throw new NodeOptionsException($"unknown option '{argument}'; pcl-node --help lists those there are");
            }

            if (equals <= 0 && i + 1 >= arguments.Length)
            {
                throw new NodeOptionsException($"{argument} needs a value");
            }

            settings[key] = equals > 0 ? argument[(equals + 1)..] : arguments[++i];
        }

        return settings;
    }

    private static IHost BuildHost(NodeOptions options, IConfiguration configuration)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // What keeps the node from starting is told once, in a sentence, by RunAsync.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddHostedService<NodeService>();
        return builder.Build();
    }
}
