using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Piccolo.Bench.Http;

/// <summary>An echo through Kestrel over HTTP/1.1 on loopback; optionally each answer is signed and verified with ECDSA P-256.</summary>
internal sealed class HttpEcho : IAsyncDisposable
{
    private const string SignatureHeader = "x-signature";

    private readonly WebApplication _application;
    private readonly HttpClient _client;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private HttpEcho(WebApplication application, HttpClient client)
    {
        _application = application;
        _client = client;
    }

    /// <summary>Starts the server on any free port.</summary>
    public static async Task<HttpEcho> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        HttpEcho? echo = null;
        application.MapPost("/echo", async (HttpContext context) =>
        {
            byte[] body = await ReadAsync(context.Request.Body, (int)(context.Request.ContentLength ?? 0));
            await context.Response.Body.WriteAsync(body);
        });
        application.MapPost("/signed", async (HttpContext context) =>
        {
            byte[] body = await ReadAsync(context.Request.Body, (int)(context.Request.ContentLength ?? 0));
            byte[] signature = echo!._key.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            context.Response.Headers[SignatureHeader] = Convert.ToBase64String(signature);
            await context.Response.Body.WriteAsync(body);
        });
        await application.StartAsync();
        var client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
        echo = new HttpEcho(application, client);
        return echo;
    }

    /// <summary>Calls the echo once and returns what came back.</summary>
    public async Task<byte[]> CallAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using HttpResponseMessage response = await _client.PostAsync(new Uri("/echo", UriKind.Relative), content);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Calls the signed echo once and verifies the answer.</summary>
    public async Task<byte[]> CallSignedAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using HttpResponseMessage response = await _client.PostAsync(new Uri("/signed", UriKind.Relative), content);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        byte[] signature = Convert.FromBase64String(response.Headers.GetValues(SignatureHeader).First());
        bool isValid = _key.VerifyData(answer, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return isValid ? answer : throw new InvalidOperationException("the signature of the HTTP answer is wrong");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
        _key.Dispose();
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int length)
    {
        byte[] octets = new byte[length];
        await stream.ReadExactlyAsync(octets);
        return octets;
    }
}
