using System.CommandLine;
using System.Text;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Packets;
using Piccolo.Sdk;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl peek</c>: express one Interest and show the Data that comes.</summary>
internal static class PeekCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> name = CommonOptions.NameArgument("name", "The name to ask for.");
        var prefix = new Option<bool>("--prefix", "-P") { Description = "CanBePrefix: any Data whose name begins with this one will do." };
        var fresh = new Option<bool>("--fresh", "-f") { Description = "MustBeFresh: caches must not answer with stale Data." };
        var payload = new Option<bool>("--payload", "-p") { Description = "Write only the content, as it is." };
        var lifetime = new Option<double>("--lifetime", "-l")
        {
            Description = "How long to wait, in seconds.",
            DefaultValueFactory = _ => 4,
        }.AtLeast(0.001);
        var hopLimit = new Option<byte?>("--hop-limit") { Description = "How many hops the Interest may go." };
        var command = new Command("peek", "Express one Interest and show the Data that answers it.")
        {
            name, prefix, fresh, payload, lifetime, hopLimit,
        };
        command.OnNode(async (session, parsed, output, cancellation) =>
        {
            var interest = new Interest
            {
                Name = CommonOptions.ParseName(parsed.GetValue(name)!),
                CanBePrefix = parsed.GetValue(prefix),
                MustBeFresh = parsed.GetValue(fresh),
                LifetimeMs = (ulong)(parsed.GetValue(lifetime) * 1000),
                HopLimit = parsed.GetValue(hopLimit),
            };
            DataAnswer answer = await session.Client.ExpressAsync(interest, ExpressOptions.Once, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(payload))
            {
                using Stream stdout = Console.OpenStandardOutput();
                await stdout.WriteAsync(answer.Data.Content, cancellation).ConfigureAwait(false);
                return;
            }

            Data data = answer.Data;
            output.Properties(
                new
                {
                    Name = data.Name.ToString(),
                    data.ContentType,
                    data.FreshnessPeriodMs,
                    FinalBlockId = data.FinalBlockId?.ToString(),
                    SignatureType = data.SignatureInfo.Type.ToString(),
                    SignedBy = data.SignatureInfo.KeyLocator?.ToString(),
                    Content = Convert.ToBase64String(data.Content.Span),
                    RoundTripMs = answer.RoundTrip.TotalMilliseconds,
                },
                ("name", data.Name.ToString()),
                ("content type", Texts.Id(data.ContentType)),
                ("freshness", $"{data.FreshnessPeriodMs} ms"),
                ("final block", data.FinalBlockId?.ToString() ?? "not given"),
                ("signature", data.SignatureInfo.Type + (data.SignatureInfo.KeyLocator is { } key ? $" by {key}" : "")),
                ("round trip", Texts.Milliseconds(answer.RoundTrip)),
                ("content", Describe(data.Content.Span)));
        });
        return command;
    }

    private static string Describe(ReadOnlySpan<byte> content)
    {
        foreach (byte octet in content)
        {
            if (octet is < 0x20 and not ((byte)'\n' or (byte)'\t' or (byte)'\r'))
            {
                return $"{content.Length} octets, not text (--payload writes them)";
            }
        }

        return content.IsEmpty ? "empty" : Encoding.UTF8.GetString(content);
    }
}
