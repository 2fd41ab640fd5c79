using System.CommandLine;
using System.Globalization;
using Piccolo.Cli.Nodes;
using Piccolo.Ndn.Naming;

namespace Piccolo.Cli.Commands;

/// <summary>Options and arguments that several commands share, and how their values are checked.</summary>
internal static class CommonOptions
{
    private const string On = "on";

    /// <summary>About 46 days in seconds; timers take no more.</summary>
    private const double LargestNumber = 4_000_000;

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

    /// <summary>An argument that is a name; a text that is none is a wrong command line.</summary>
    public static Argument<string> NameArgument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null && !Name.TryParse(text, out _, out string error))
            {
                result.AddError($"'{text}' is not a name: {error}");
            }
        });
        return argument;
    }

    /// <summary>Demands that an option takes one of a few words.</summary>
    public static TOption OneOf<TOption>(this TOption option, params string[] words)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null && !words.Contains(text, StringComparer.Ordinal))
            {
                result.AddError($"{option.Name} takes {string.Join(" or ", words)}, not '{text}'");
            }
        });
        return option;
    }

    /// <summary>Demands that a number is not below a limit.</summary>
    public static TOption AtLeast<TOption>(this TOption option, double limit)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
            if (isNumber && !(number >= limit && number <= LargestNumber))
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{option.Name} takes a number from {limit} to {LargestNumber:F0}, not '{text}'"));
            }
        });
        return option;
    }

    /// <summary>Reads a name from the command line.</summary>
    /// <exception cref="CliException">It is not one.</exception>
    public static Name ParseName(string text) => Name.TryParse(text, out Name name, out string error)
        ? name
        : throw new CliException($"'{text}' is not a name: {error}");

    /// <summary>An option that takes on or off.</summary>
    public static Option<string?> Switch(string name, string description) =>
        new Option<string?>(name) { Description = description, HelpName = "on|off" }.OneOf(On, "off");

    /// <summary>Whether a switch was set to on.</summary>
    public static bool IsOn(string text) => text == On;
}
