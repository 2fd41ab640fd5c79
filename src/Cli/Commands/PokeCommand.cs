using System.CommandLine;
using Piccolo.Cli.Nodes;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Sdk;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl poke</c>: serve one Data packet until somebody has fetched it.</summary>
internal static class PokeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> name = CommonOptions.NameArgument("name", "The name of the Data.");
        var freshness = new Option<double>("--freshness", "-x")
        {
            Description = "FreshnessPeriod in seconds.",
            DefaultValueFactory = _ => 10,
        }.AtLeast(0);
        var timeout = new Option<double>("--timeout", "-w")
        {
            Description = "Give up when nobody asked for it within so many seconds.",
            DefaultValueFactory = _ => 600,
        }.AtLeast(0.001);
        var command = new Command("poke", "Serve what is read from standard input as one Data packet, until it has been fetched once.")
        {
            name, freshness, timeout,
        };
        command.OnNode(async (session, parsed, output, cancellation) =>
        {
            Name served = CommonOptions.ParseName(parsed.GetValue(name)!);
            byte[] content = await ReadStandardInputAsync(cancellation).ConfigureAwait(false);
            Data data = Data.Create(
                new DataFields { Name = served, Content = content, FreshnessPeriodMs = (ulong)(parsed.GetValue(freshness) * 1000) },
                DigestSha256Signer.Instance);
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            PrefixRegistration registration = await session.Client.ServeAsync(
                served,
                (interest, _) =>
                {
                    bool matches = interest.Matches(data);
                    if (matches)
                    {
                        asked.TrySetResult();
                    }

                    return ValueTask.FromResult(matches ? data : null);
                },
                cancellation).ConfigureAwait(false);
            await using (registration.ConfigureAwait(false))
            {
                CommandOutput.Line($"ready {served}");
                await WaitAsync(asked.Task, TimeSpan.FromSeconds(parsed.GetValue(timeout)), served, cancellation).ConfigureAwait(false);
                await session.Client.FlushAsync(cancellation).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task WaitAsync(Task asked, TimeSpan timeout, Name served, CancellationToken cancellation)
    {
        try
        {
            await asked.WaitAsync(timeout, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new CliException($"nobody asked for {served} within {timeout.TotalSeconds} s");
        }
    }

    private static async Task<byte[]> ReadStandardInputAsync(CancellationToken cancellation)
    {
        using Stream stdin = Console.OpenStandardInput();
        using var buffer = new MemoryStream();
        await stdin.CopyToAsync(buffer, cancellation).ConfigureAwait(false);
        const int octetsMax = 8000;
        return buffer.Length <= octetsMax
            ? buffer.ToArray()
            : throw new CliException($"one Data packet holds {octetsMax} octets, and {buffer.Length} were read; 'pcl put' serves more");
    }
}
