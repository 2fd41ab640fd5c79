using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Piccolo.Sim.Cli.Output;

/// <summary>What a command prints: a table for people, one JSON document for programs; errors in a sentence on stderr.</summary>
internal sealed class SimOutput(bool isJson)
{
    private const int WidthOfPipes = 4096;

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly IAnsiConsole Results = Open(Console.Out, Console.IsOutputRedirected);

    private static readonly IAnsiConsole Asides = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether the command was asked for JSON.</summary>
    public bool IsJson => isJson;

    /// <summary>Whether a person is watching the progress.</summary>
    public bool IsWatched => !isJson && !Console.IsErrorRedirected;

    /// <summary>The console of progress and remarks, where they do not mix with results.</summary>
    public static IAnsiConsole Aside => Asides;

    /// <summary>Prints rows.</summary>
    public static void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))).NoWrap().PadRight(3));
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(static cell => new Text(cell)));
        }

        Results.Write(table);
    }

    /// <summary>Prints a JSON document.</summary>
    public static void Json(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonOptions));

    /// <summary>Prints a line as it is.</summary>
    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>Prints an error in a sentence on stderr.</summary>
    public static void Error(string sentence) => Console.Error.WriteLine($"pcl-sim: {sentence}");

    /// <summary>Prints something that is neither result nor error on stderr.</summary>
    public static void Remark(string sentence) => Console.Error.WriteLine(sentence);

    /// <summary>A pipe gets plain text and whole lines; only a terminal gets colours and is measured.</summary>
    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = WidthOfPipes;
        }

        return console;
    }
}
