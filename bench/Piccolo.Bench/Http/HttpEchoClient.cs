using System.Security.Cryptography;

namespace Piccolo.Bench.Http;

/// <summary>The caller's end of <see cref="HttpEchoServer"/>: one connection, kept open.</summary>
internal sealed class HttpEchoClient : IDisposable
{
    private static readonly Uri Echo = new("/echo", UriKind.Relative);
    private static readonly Uri Signed = new("/signed", UriKind.Relative);

    private readonly HttpClient _client;
    private readonly ECDsa _key = ECDsa.Create();

    /// <summary>Makes the caller from the line that the server printed.</summary>
    public HttpEchoClient(string readyLine)
    {
        string[] words = readyLine.Split(' ');
        _client = new HttpClient { BaseAddress = new Uri(words[1]) };
        _key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(words[2]), out _);
    }

    /// <summary>Calls the echo once and returns what came back.</summary>
    public async Task<byte[]> CallAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using HttpResponseMessage response = await _client.PostAsync(Echo, content).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    }

    /// <summary>Calls the signed echo once and verifies the answer.</summary>
    public async Task<byte[]> CallSignedAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using HttpResponseMessage response = await _client.PostAsync(Signed, content).ConfigureAwait(false);
        byte[] answer = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        byte[] signature = Convert.FromBase64String(response.Headers.GetValues(HttpEchoServer.SignatureHeader).First());
        bool isValid = _key.VerifyData(answer, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return isValid ? answer : throw new InvalidOperationException("the signature of the HTTP answer is wrong");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _key.Dispose();
    }
}
