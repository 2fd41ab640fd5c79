using System.Globalization;
using System.Text;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Client;
using Spectre.Console;
using Text = Spectre.Console.Text;

namespace Piccolo.Cli.Invoke;

/// <summary>Shows the steps of a call: when, what, by whom.</summary>
internal static class TracePrinter
{
    /// <summary>Prints the steps on stderr, where they do not mix with the result.</summary>
    /// <param name="trace">The steps of the call.</param>
    /// <param name="described">How long it took, before the call, to ask the function what it is and to verify the answer.</param>
    public static void Print(CallTrace? trace, TimeSpan described)
    {
        if (trace is null || trace.Steps.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.None);
        table.AddColumn(new TableColumn(new Text("time", new Style(decoration: Decoration.Bold))).RightAligned().NoWrap().PadRight(2));
        table.AddColumn(new TableColumn(new Text("step", new Style(decoration: Decoration.Bold))).NoWrap().PadRight(2));
        table.AddColumn(new TableColumn(new Text("by", new Style(decoration: Decoration.Bold))).NoWrap().PadRight(2));
        table.AddColumn(new TableColumn(new Text("name", new Style(decoration: Decoration.Bold))));
        Instant start = trace.Steps[0].At;
        table.AddRow(
            new Text(Milliseconds(-described)), new Text("asked what it is"), new Text(""), new Text(Short(trace.Steps[0].Name)));
        foreach (CallStep step in trace.Steps)
        {
            string detail = step.Detail.Length == 0 ? "" : $" ({step.Detail})";
            table.AddRow(
                new Text(Milliseconds(step.At - start)), new Text(Words(step.Kind)), new Text(By(step)),
                new Text(Short(step.Name) + detail));
        }

        Output.CommandOutput.Aside(table);
        Console.Error.WriteLine(
            $"answered by {(trace.AnsweredBy == AnsweredBy.Cache ? "a cache" : "the function")}, {trace.InterestCount} Interests"
            + (trace.OmittedCount > 0 ? $", {trace.OmittedCount} steps not shown" : ""));
    }

    /// <summary>The steps as they go into a JSON document.</summary>
    public static object ToJson(CallTrace trace)
    {
        Instant start = trace.Steps.Count > 0 ? trace.Steps[0].At : default;
        return trace.Steps.Select(step => new
        {
            Ms = (step.At - start).TotalMilliseconds,
            Step = Words(step.Kind),
            By = By(step),
            Name = step.Name.ToString(),
            step.Detail,
        }).ToList();
    }

    /// <summary>A name with its long components (digests, random numbers) cut; the JSON form has them whole.</summary>
    private static string Short(Name name)
    {
        const int keptMax = 28;
        var text = new StringBuilder();
        for (int i = 0; i < name.Count; i++)
        {
            string component = name[i].ToString();
            text.Append('/').Append(component.Length <= keptMax ? component : component[..(keptMax - 3)] + "...");
        }

        return text.Length == 0 ? "/" : text.ToString();
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture) + " ms";

    private static string By(CallStep step) => step.AnsweredBy switch
    {
        AnsweredBy.Function => "function",
        AnsweredBy.Cache => "cache",
        _ => "",
    };

    private static string Words(CallStepKind kind) => kind switch
    {
        CallStepKind.DescribeSent => "asked what it is",
        CallStepKind.Described => "described",
        CallStepKind.DescriptorKnown => "known what it is",
        CallStepKind.CallSent => "called",
        CallStepKind.SentAgain => "sent again",
        CallStepKind.ArgumentPulled => "argument pulled",
        CallStepKind.ThunkReceived => "got a thunk",
        CallStepKind.ThunkAsked => "asked the thunk",
        CallStepKind.StillRunning => "thunk: still running",
        CallStepKind.ReplyReceived => "answered",
        CallStepKind.FetchStarted => "fetching the result",
        CallStepKind.FetchEnded => "result complete",
        CallStepKind.Verified => "signature verified",
        CallStepKind.Nacked => "Nack",
        CallStepKind.CalledAgain => "called again",
        CallStepKind.Completed => "done",
        CallStepKind.Failed => "failed",
        _ => kind.ToString(),
    };
}
