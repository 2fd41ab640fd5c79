using System.Diagnostics;
using System.Text.Json;

namespace Piccolo.Interop.Tests;

/// <summary>An NDNts application on a face to a node, which does one thing after the other: client.mjs.</summary>
internal sealed class NdntsClient : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private NdntsClient(Process process) => _process = process;

    /// <summary>Starts an application.</summary>
    public static NdntsClient Start(string faceUri) => new(Ndnts.Start("client.mjs", ["--face", faceUri]));

    /// <summary>Expresses an Interest and returns the Data, or what NDNts says went wrong.</summary>
    public Task<JsonElement> ConsumeAsync(string name, bool canBePrefix = false, bool mustBeFresh = false) =>
        AskAsync(new { consume = name, canBePrefix, mustBeFresh });

    /// <summary>The items of a management dataset, by the name of NDNts' class for it.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string dataset) => Items(await AskAsync(new { list = dataset }));

    /// <summary>The faces that match a filter.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListFacesAsync(object filter) => Items(await AskAsync(new { filter }));

    /// <summary>Gives a management command.</summary>
    public Task<JsonElement> InvokeAsync(string command, object parameters, string signer = "digest") =>
        AskAsync(new { invoke = command, parameters, signer });

    /// <summary>Gives a management command that must succeed; returns the parameters in the answer.</summary>
    public async Task<JsonElement> MustInvokeAsync(string command, object parameters, string signer = "digest")
    {
        JsonElement response = await InvokeAsync(command, parameters, signer);
        Assert.True(response.TryGetProperty("code", out JsonElement code) && code.GetInt32() == 200, $"{command}: {response}");
        return response.GetProperty("body");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Ndnts.EndAsync(_process);

    private static JsonElement[] Items(JsonElement list)
    {
        Assert.True(list.ValueKind == JsonValueKind.Array, $"no list: {list}");
        return [.. list.EnumerateArray()];
    }

    private async Task<JsonElement> AskAsync(object request)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request));
        await _process.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(AnswerLimit);
        string? line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        return line is null
            ? throw new InvalidOperationException("client.mjs ended: " + await _process.StandardError.ReadToEndAsync(limit.Token))
            : JsonDocument.Parse(line).RootElement;
    }
}
