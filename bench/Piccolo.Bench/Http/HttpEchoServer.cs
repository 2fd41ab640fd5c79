using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Piccolo.Bench.Http;

/// <summary>An echo through Kestrel over HTTP/1.1 on loopback, in a process of its own; optionally each answer is signed.</summary>
internal static class HttpEchoServer
{
    /// <summary>The header that carries a signature over the body.</summary>
    public const string SignatureHeader = "x-signature";

    /// <summary>Serves until the process is told to end; prints one line: ready, the address, the public key in base 64.</summary>
    public static async Task<int> RunAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        await using (application.ConfigureAwait(false))
        {
            application.MapPost("/echo", async (HttpContext context) =>
            {
                byte[] body = await ReadAsync(context.Request).ConfigureAwait(false);
                await WriteAsync(context.Response, body).ConfigureAwait(false);
            });
            application.MapPost("/signed", async (HttpContext context) =>
            {
                byte[] body = await ReadAsync(context.Request).ConfigureAwait(false);
                byte[] signature = key.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                context.Response.Headers[SignatureHeader] = Convert.ToBase64String(signature);
                await WriteAsync(context.Response, body).ConfigureAwait(false);
            });
            await application.StartAsync().ConfigureAwait(false);
            Console.WriteLine($"ready {application.Urls.First()} {Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}");
            IHostApplicationLifetime lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration = lifetime.ApplicationStopping.Register(ended.SetResult);
            await ended.Task.ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        byte[] octets = new byte[(int)(request.ContentLength ?? 0)];
        await request.Body.ReadExactlyAsync(octets).ConfigureAwait(false);
        return octets;
    }

    private static async Task WriteAsync(HttpResponse response, byte[] body)
    {
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body).ConfigureAwait(false);
    }
}
