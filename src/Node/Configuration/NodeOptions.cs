using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Piccolo.Node.Configuration;

/// <summary>Everything the node can be told when it starts; immutable once read.</summary>
/// <remarks>
/// Read from <c>piccolo.json</c>, then <c>PICCOLO__Section__Key</c> in the environment, then <c>--Section:Key value</c>;
/// the last one wins. docs/operators.md lists every key.
/// </remarks>
public sealed record NodeOptions
{
    private static readonly string[] KnownKeys =
    [
        "Node:Name", "Node:State", "Listen:Unix", "Listen:Udp", "Listen:Tcp", "Listen:WebSocket", "Functions:Load",
        "Functions:Signing", "Functions:ThreadsMax", "ContentStore:Capacity", "Pit:Capacity", "Routes", "Logging",
    ];

    /// <summary>The node's name; null for <c>/piccolo/node/KEY-ID</c>, made from its key.</summary>
    public string? Name { get; init; }

    /// <summary>Where the node keeps its key and certificate.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Path of the Unix socket, or null for none.</summary>
    public string? UnixPath { get; init; }

    /// <summary>UDP addresses to listen on, as <c>HOST:PORT</c>.</summary>
    public IReadOnlyList<string> Udp { get; init; } = [];

    /// <summary>TCP addresses to listen on, as <c>HOST:PORT</c>.</summary>
    public IReadOnlyList<string> Tcp { get; init; } = [];

    /// <summary>Whether the sample functions are served.</summary>
    public bool LoadSamples { get; init; }

    /// <summary>Whether results are signed with the node's ECDSA key or with its HMAC secret.</summary>
    public ResultSigning Signing { get; init; }

    /// <summary>How many calls run at once.</summary>
    public int ThreadsMax { get; init; }

    /// <summary>How many Data packets the content store holds.</summary>
    public int ContentStoreCapacity { get; init; }

    /// <summary>How many Interests may be pending.</summary>
    public int PitCapacity { get; init; }

    /// <summary>Routes made at the start.</summary>
    public IReadOnlyList<StaticRoute> Routes { get; init; } = [];

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="NodeOptionsException">A key is unknown or a value is not what it takes.</exception>
    public static NodeOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        RefuseUnknownKeys(configuration);
        if (!IsNone(configuration["Listen:WebSocket"] ?? "none"))
        {
            throw new NodeOptionsException("Listen:WebSocket (--ws) takes only 'none': there are no WebSocket faces yet");
        }

        string unix = configuration["Listen:Unix"] ?? DefaultPaths.UnixSocket();
        return new NodeOptions
        {
            Name = configuration["Node:Name"],
            StateFolder = configuration["Node:State"] ?? DefaultPaths.StateFolder(),
            UnixPath = IsNone(unix) ? null : unix,
            Udp = ReadAddresses(configuration, "Listen:Udp", "127.0.0.1:6363"),
            Tcp = ReadAddresses(configuration, "Listen:Tcp", "127.0.0.1:6363"),
            LoadSamples = ReadChoice(configuration, "Functions:Load", "samples", "samples", "none") == "samples",
            Signing = ReadChoice(configuration, "Functions:Signing", "ecdsa", "ecdsa", "hmac") == "ecdsa"
                ? ResultSigning.Ecdsa
                : ResultSigning.Hmac,
            ThreadsMax = ReadNumber(configuration, "Functions:ThreadsMax", Math.Max(2, Environment.ProcessorCount), 1, 1024),
            ContentStoreCapacity = ReadNumber(configuration, "ContentStore:Capacity", 65_536, 0, 16_777_216),
            PitCapacity = ReadNumber(configuration, "Pit:Capacity", 1_048_576, 16, 16_777_216),
            Routes = ReadRoutes(configuration),
        };
    }

    private static void RefuseUnknownKeys(IConfiguration configuration)
    {
        foreach (KeyValuePair<string, string?> pair in configuration.AsEnumerable())
        {
            bool isKnown = pair.Value is null;
            foreach (string known in KnownKeys)
            {
                isKnown |= string.Equals(pair.Key, known, StringComparison.OrdinalIgnoreCase)
                    || pair.Key.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase);
            }

            if (!isKnown)
            {
                throw new NodeOptionsException(
                    $"unknown setting '{pair.Key}'; known are {string.Join(", ", KnownKeys)} (docs/operators.md)");
            }
        }
    }

    private static bool IsNone(string value) => string.Equals(value, "none", StringComparison.OrdinalIgnoreCase);

    private static string[] ReadAddresses(IConfiguration configuration, string key, string fallback)
    {
        string value = configuration[key] ?? fallback;
        if (IsNone(value))
        {
            return [];
        }

        string[] addresses = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string address in addresses)
        {
            int colon = address.LastIndexOf(':');
            bool isPort = colon > 0
                && ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
            if (!isPort)
            {
                throw new NodeOptionsException($"{key} is '{address}'; it takes HOST:PORT (port 0 for any), or 'none'");
            }
        }

        return addresses;
    }

    private static string ReadChoice(IConfiguration configuration, string key, string fallback, params string[] choices)
    {
        string value = configuration[key] ?? fallback;
        foreach (string choice in choices)
        {
            if (string.Equals(value, choice, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        throw new NodeOptionsException($"{key} is '{value}'; it takes {string.Join(" or ", choices)}");
    }

    private static int ReadNumber(IConfiguration configuration, string key, int fallback, int least, int most)
    {
        string? text = configuration[key];
        if (text is null)
        {
            return fallback;
        }

        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber && number >= least && number <= most
            ? number
            : throw new NodeOptionsException($"{key} is '{text}'; it takes a whole number from {least} to {most}");
    }

    private static List<StaticRoute> ReadRoutes(IConfiguration configuration)
    {
        List<StaticRoute> routes = [];
        foreach (IConfigurationSection section in configuration.GetSection("Routes").GetChildren())
        {
            string prefix = section["Prefix"] ?? throw new NodeOptionsException($"{section.Path} has no Prefix");
            string face = section["Face"] ?? throw new NodeOptionsException($"{section.Path} has no Face");
            int cost = ReadNumber(configuration, section.Path + ":Cost", 0, 0, int.MaxValue);
            routes.Add(new StaticRoute(prefix, face, (ulong)cost));
        }

        return routes;
    }
}
