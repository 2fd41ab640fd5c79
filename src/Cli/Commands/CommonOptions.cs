using System.CommandLine;
using Piccolo.Cli.Nodes;
using Piccolo.Ndn.Naming;

namespace Piccolo.Cli.Commands;

/// <summary>Options and arguments that several commands share, and how their values are checked.</summary>
internal static class CommonOptions
{
    /// <summary>Which node to talk to.</summary>
    public static readonly Option<string?> Node = new("--node")
    {
        Description = "The node to talk to: unix:///PATH or tcp4://HOST:PORT "
            + "(default: NDN_CLIENT_TRANSPORT, client.conf, or the socket of the local node).",
        HelpName = "URI",
        Recursive = true,
    };

    /// <summary>JSON instead of tables.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document for programs instead of a table for people.",
        Recursive = true,
    };

    /// <summary>Adds the options that every command takes.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Node);
        root.Options.Add(Json);
    }

    /// <summary>An argument that is a name.</summary>
    public static Argument<string> NameArgument(string name, string description) => new(name) { Description = description };

    /// <summary>Reads a name from the command line.</summary>
    /// <exception cref="CliException">It is not one.</exception>
    public static Name ParseName(string text) => Name.TryParse(text, out Name name, out string error)
        ? name
        : throw new CliException($"'{text}' is not a name: {error}");

    /// <summary>Reads on or off from the command line.</summary>
    /// <exception cref="CliException">It is neither.</exception>
    public static bool ParseSwitch(string option, string text) => text switch
    {
        "on" => true,
        "off" => false,
        _ => throw new CliException($"{option} takes on or off, not '{text}'"),
    };
}
