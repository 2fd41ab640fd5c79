using Piccolo.Cli.Nodes;
using Piccolo.Sdk;

namespace Piccolo.Cli.Commands;

/// <summary>How servers among the commands wait.</summary>
internal static class Waiting
{
    /// <summary>Waits until the person interrupts or the node goes away.</summary>
    /// <exception cref="CliException">The node went away.</exception>
    public static async Task UntilInterruptedAsync(PiccoloClient client, CancellationToken cancellation)
    {
        var interrupted = new TaskCompletionSource();
        await using CancellationTokenRegistration _ = cancellation.Register(() => interrupted.TrySetResult());
        Task first = await Task.WhenAny(interrupted.Task, client.Closed).ConfigureAwait(false);
        if (first == client.Closed)
        {
            throw new CliException("the node closed the connection");
        }
    }
}
