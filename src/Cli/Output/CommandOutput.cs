using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Piccolo.Cli.Output;

/// <summary>What a command prints: a table for people, one JSON document for programs; errors in a sentence on stderr.</summary>
internal sealed class CommandOutput(bool isJson)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int WidthOfPipes = 4096;

    private static readonly IAnsiConsole Results = Open(Console.Out, Console.IsOutputRedirected);

    private static readonly IAnsiConsole Errors = Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether the command was asked for JSON.</summary>
    public bool IsJson => isJson;

    /// <summary>Prints rows.</summary>
    /// <typeparam name="T">A row, also its JSON form.</typeparam>
    /// <param name="rows">What there is.</param>
    /// <param name="empty">What to say to a person when there is nothing.</param>
    /// <param name="columns">Heading and text of each column.</param>
    public void Table<T>(IReadOnlyList<T> rows, string empty, params (string Heading, Func<T, string> Text)[] columns)
    {
        if (isJson)
        {
            Json(rows);
            return;
        }

        if (rows.Count == 0)
        {
            Line(empty);
            return;
        }

        var table = new Table().Border(TableBorder.None);
        foreach ((string heading, _) in columns)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))).NoWrap().PadRight(3));
        }

        foreach (T row in rows)
        {
            table.AddRow(columns.Select(column => new Text(column.Text(row))));
        }

        Results.Write(table);
    }

    /// <summary>Prints one thing as a list of its properties.</summary>
    public void Properties(object json, params (string Label, string Value)[] properties)
    {
        if (isJson)
        {
            Json(json);
            return;
        }

        int width = properties.Max(property => property.Label.Length) + 2;
        foreach ((string label, string value) in properties)
        {
            Line(label.PadRight(width) + value);
        }
    }

    /// <summary>Prints that something was done: a sentence, or its JSON form.</summary>
    public void Done(string sentence, object json)
    {
        if (isJson)
        {
            Json(json);
        }
        else
        {
            Line(sentence);
        }
    }

    /// <summary>Prints a JSON document.</summary>
    public static void Json(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonOptions));

    /// <summary>Prints a line as it is.</summary>
    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>Prints an error in a sentence on stderr.</summary>
    public static void Error(string program, string sentence) => Console.Error.WriteLine($"{program}: {sentence}");

    /// <summary>Prints something drawn on stderr, where it does not mix with results.</summary>
    public static void Aside(Spectre.Console.Rendering.IRenderable renderable) => Errors.Write(renderable);

    /// <summary>Runs work with a progress bar on stderr when a person is watching and the work is long enough to show one.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="title">What is going on.</param>
    /// <param name="work">Gets a place to report parts done, 0 to 1.</param>
    public async Task<T> WithProgressAsync<T>(string title, Func<IProgress<double>?, Task<T>> work)
    {
        if (isJson || Console.IsErrorRedirected)
        {
            return await work(null).ConfigureAwait(false);
        }

        return await Errors.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask? bar = null;
                var progress = new ProgressRelay(part =>
                {
                    bar ??= context.AddTask(Markup.Escape(title), maxValue: 1);
                    bar.Value = part;
                });
                return await work(progress).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

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

    private sealed class ProgressRelay(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
