using System.CommandLine;
using Piccolo.Cli.Commands;
using Piccolo.Cli.Nodes;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk;

namespace Piccolo.Cli.Invoke;

/// <summary>The program <c>pcl-invoke</c>: the shortest way to call a function by name.</summary>
public static class InvokeProgram
{
    /// <summary>The call ends by itself at the time-out, with a better sentence than a cancellation has.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private static readonly Argument<string> Function =
        CommonOptions.NameArgument("function", "The name of the function, such as /sample/text/wordcount.");

    private static readonly Argument<string[]> Arguments = new("arguments")
    {
        Description = "Its arguments, in order, or NAME=VALUE. One that names an existing file is sent as the file's bytes.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string[]> Literals = new("--text")
    {
        Description = "An argument to be taken as it is, even if a file has that name. May be repeated; comes after the others.",
        HelpName = "TEXT",
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Write the result to this file: octets as they are, text as text, anything else as JSON.",
        HelpName = "FILE",
    };

    private static readonly Option<double> Timeout = new("--timeout", "-w")
    {
        Description = "Give up after so many seconds.",
        DefaultValueFactory = _ => 60,
        HelpName = "SECONDS",
    };

    private static readonly Option<bool> Trace = new("--trace")
    {
        Description = "Show each step of the exchange with its time, and who answered: the function or a cache.",
    };

    private static readonly Option<string[]> Trust = new("--trust")
    {
        Description = "Believe results signed by the key of this certificate. May be repeated.",
        HelpName = "CERTIFICATE-FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<string?> HmacKey = new("--hmac-key")
    {
        Description = "Believe results signed with this secret (a node with Functions:Signing hmac keeps it in its state folder).",
        HelpName = "FILE",
    };

    private static readonly Option<string?> ReplyPrefix = new("--reply-prefix")
    {
        Description = "A prefix that is routed to the node, under which large arguments are pulled (default: the node's name).",
        HelpName = "NAME",
    };

    /// <summary>Calls a function.</summary>
    /// <returns>0 only with a verified result; 1 when the call failed; 2 when the command line was wrong.</returns>
    public static Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Calls a function by name, wherever it runs, and prints its verified result.")
        {
            Function, Arguments, Literals, Out, Timeout, Trace, Trust, HmacKey, ReplyPrefix,
        };
        CommonOptions.AddTo(root);
        root.OnNode(InvokeAsync);
        return CommandRunner.RunAsync("pcl-invoke", root, arguments);
    }

    private static async Task InvokeAsync(NodeSession session, ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        Name function = CommonOptions.ParseName(parsed.GetValue(Function)!);
        double seconds = parsed.GetValue(Timeout);
        if (seconds is not (> 0 and <= 604_800))
        {
            throw new CliException($"--timeout takes seconds, more than 0 and at most a week, not {seconds}");
        }

        // One limit over everything: asking who the node is, what the function is, and the call.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds) + Grace);
        long begun = TimeProvider.System.GetTimestamp();
        TimeSpan Left()
        {
            TimeSpan left = TimeSpan.FromSeconds(seconds) - TimeProvider.System.GetElapsedTime(begun);
            return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }

        try
        {
            await InvokeAsync(session, parsed, function, Left, output, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CliException($"{function}: no result within {seconds} s; --timeout allows more");
        }
    }

    private static async Task InvokeAsync(
        NodeSession session, ParseResult parsed, Name function, Func<TimeSpan> left, CommandOutput output,
        CancellationToken cancellation)
    {
        var options = new InvokeOptions
        {
            Timeout = left(),
            Trust = await TrustedKeys.LoadAsync(
                session, parsed.GetValue(Trust) ?? [], parsed.GetValue(HmacKey), cancellation).ConfigureAwait(false),
            ReplyPrefix = parsed.GetValue(ReplyPrefix) is { } prefix ? CommonOptions.ParseName(prefix) : null,
        };
        string[] plain = parsed.GetValue(Arguments) ?? [];
        string[] literals = parsed.GetValue(Literals) ?? [];
        InvokeResult result;
        TimeSpan described = TimeSpan.Zero;
        try
        {
            long asked = TimeProvider.System.GetTimestamp();
            FunctionDescriptor descriptor = await session.Client
                .DescribeAsync(function, options with { Timeout = left() }, cancellation).ConfigureAwait(false);
            described = TimeProvider.System.GetElapsedTime(asked);
            IReadOnlyList<CallValue> values = CommandLineArguments.Read(descriptor, plain, literals);
            result = await output.WithProgressAsync(
                "calling " + function,
                progress => session.Client.InvokeAsync(
                    function, values, options with { Progress = progress, Timeout = left() }, cancellation))
                .ConfigureAwait(false);
        }
        catch (CallException error) when (parsed.GetValue(Trace))
        {
            TracePrinter.Print(error.Trace, described);
            throw;
        }

        if (parsed.GetValue(Trace) && !output.IsJson)
        {
            TracePrinter.Print(result.Trace, described);
        }

        await ResultPrinter.PrintAsync(
            function, result, parsed.GetValue(Out), output.IsJson, parsed.GetValue(Trace), cancellation).ConfigureAwait(false);
    }
}
