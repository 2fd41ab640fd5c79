namespace Piccolo.Client.Objects;

/// <summary>A Data packet for one Interest.</summary>
/// <param name="ReplyToken">What the Interest was handed in with.</param>
/// <param name="Data">The whole packet.</param>
public readonly record struct StoreAnswer(ulong ReplyToken, ReadOnlyMemory<byte> Data);
