using System.CommandLine;
using Piccolo.Cli.Nodes;
using Piccolo.Client.Objects;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Sdk;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl put</c> and <c>pcl cat</c>: objects of any size, cut into segments.</summary>
internal static class ObjectCommands
{
    /// <summary>Makes <c>pcl put</c>.</summary>
    public static Command CreatePut()
    {
        Argument<string> name = CommonOptions.NameArgument("name", "The name of the object; a version is appended.");
        var file = new Argument<string?>("file")
        {
            Description = "The file to serve (default: standard input).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var freshness = new Option<double>("--freshness")
        {
            Description = "FreshnessPeriod in seconds.",
            DefaultValueFactory = _ => 10,
        }.AtLeast(0);
        var command = new Command("put", "Serve a file as a segmented, versioned object with RDR metadata, until interrupted.")
        {
            name, file, freshness,
        };
        command.OnNode(async (session, parsed, output, cancellation) =>
        {
            Name served = CommonOptions.ParseName(parsed.GetValue(name)!);
            byte[] content = await ReadAsync(parsed.GetValue(file), cancellation).ConfigureAwait(false);
            Publication publication = await session.Client.PublishAsync(
                served,
                content,
                new PublishOptions
                {
                    Signer = DigestSha256Signer.Instance,
                    FreshnessPeriodMs = (ulong)(parsed.GetValue(freshness) * 1000),
                },
                cancellation).ConfigureAwait(false);
            await using (publication.ConfigureAwait(false))
            {
                CommandOutput.Line(
                    $"ready {publication.VersionedName} ({Texts.Octets((ulong)content.Length)} in {publication.SegmentCount} segments)");
                await Waiting.UntilInterruptedAsync(session.Client, cancellation).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Makes <c>pcl cat</c>.</summary>
    public static Command CreateCat()
    {
        Argument<string> name = CommonOptions.NameArgument("name", "The object; without a version the newest is fetched.");
        var file = new Option<string?>("--out", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };
        var command = new Command("cat", "Fetch a segmented object and write it.") { name, file };
        command.OnNode(async (session, parsed, output, cancellation) =>
        {
            Name wanted = CommonOptions.ParseName(parsed.GetValue(name)!);
            FetchedObject fetched = await output.WithProgressAsync(
                "fetching " + wanted,
                progress => session.Client.FetchAsync(wanted, null, new FetchProgressRelay(progress), cancellation))
                .ConfigureAwait(false);
            if (parsed.GetValue(file) is { } path)
            {
                await File.WriteAllBytesAsync(path, fetched.Content, cancellation).ConfigureAwait(false);
                output.Done(
                    $"{Texts.Octets((ulong)fetched.Content.Length)} of {fetched.Name} in {Texts.Milliseconds(fetched.Elapsed)}",
                    new
                    {
                        Name = fetched.Name.ToString(),
                        Octets = fetched.Content.Length,
                        File = path,
                        Ms = fetched.Elapsed.TotalMilliseconds,
                    });
                return;
            }

            using Stream stdout = Console.OpenStandardOutput();
            await stdout.WriteAsync(fetched.Content, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<byte[]> ReadAsync(string? path, CancellationToken cancellation)
    {
        if (path is null)
        {
            using Stream stdin = Console.OpenStandardInput();
            using var buffer = new MemoryStream();
            await stdin.CopyToAsync(buffer, cancellation).ConfigureAwait(false);
            return buffer.ToArray();
        }

        return File.Exists(path)
            ? await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false)
            : throw new CliException($"there is no file '{path}'");
    }
}
