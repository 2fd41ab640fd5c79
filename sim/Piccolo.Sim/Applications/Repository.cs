using System.Globalization;
using System.Security.Cryptography;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.Sdk;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Applications;

/// <summary>A producer whose objects are on its node's disk: it publishes, serves, and after a crash finds what is still whole.</summary>
/// <remarks>Each blob is an object and its SHA-256; one that does not match was torn, is deleted, and published again.</remarks>
public sealed class Repository : AsyncApplication
{
    private const int ObjectOctetsMax = 8000;
    private const string Folder = "objects/";

    private readonly RepositorySettings _settings;
    private readonly SortedSet<long> _objects = [];

    /// <summary>A repository that nothing has started.</summary>
    /// <exception cref="ScenarioException">A setting is impossible.</exception>
    public Repository(RepositorySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.ObjectCount < 1 || settings.ObjectOctets is < 1 or > ObjectOctetsMax)
        {
            throw new ScenarioException(
                $"{settings.ObjectCount} objects of {settings.ObjectOctets} octets make no repository; "
                + $"at least 1 of 1 to {ObjectOctetsMax} octets do");
        }

        if (settings.GapNs < 0 || settings.FlushEvery < 1)
        {
            throw new ScenarioException("a repository publishes after 0 ns or more, and flushes after 1 object or more");
        }

        _settings = settings;
    }

    /// <inheritdoc/>
    public override string Name => "repository";

    /// <summary>Objects that this life of the node published.</summary>
    public long PublishedCount { get; private set; }

    /// <summary>Objects that were whole when the node started.</summary>
    public long RecoveredCount { get; private set; }

    /// <summary>Objects that were torn when the node started.</summary>
    public long DamagedCount { get; private set; }

    /// <summary>Interests answered.</summary>
    public long ServedCount { get; private set; }

    /// <summary>Why it stopped publishing; empty while it has not.</summary>
    public string Trouble { get; private set; } = "";

    /// <inheritdoc/>
    protected override async Task RunAsync(PiccoloClient client, CancellationToken stop)
    {
        await RecoverAsync();
        await client.ServeAsync(_settings.Prefix, AnswerAsync, stop);
        try
        {
            await PublishAsync(stop);
        }
        catch (DiskFullException error)
        {
            Trouble = error.Message;
        }

        await WaitAsync(long.MaxValue / 4, stop);
    }

    private static string BlobOf(long sequence) => Folder + sequence.ToString("D12", CultureInfo.InvariantCulture);

    private async Task RecoverAsync()
    {
        foreach (string blob in await Node.Disk.ListAsync(Folder))
        {
            if (TryOpen(await Node.Disk.ReadAsync(blob), out _))
            {
                _objects.Add(long.Parse(blob.AsSpan(Folder.Length), CultureInfo.InvariantCulture));
                RecoveredCount++;
            }
            else
            {
                DamagedCount++;
                await Node.Disk.DeleteAsync(blob);
                await Node.Disk.FlushAsync(blob);
            }
        }
    }

    private async Task PublishAsync(CancellationToken stop)
    {
        List<string> unflushed = [];
        for (long sequence = 0; sequence < _settings.ObjectCount; sequence++)
        {
            if (_objects.Contains(sequence))
            {
                continue;
            }

            await WaitAsync(_settings.GapNs, stop);
            string blob = BlobOf(sequence);
            await Node.Disk.WriteAsync(blob, Seal(ContentOf(sequence)));
            unflushed.Add(blob);
            _objects.Add(sequence);
            PublishedCount++;
            if (unflushed.Count >= _settings.FlushEvery)
            {
                foreach (string one in unflushed)
                {
                    await Node.Disk.FlushAsync(one);
                }

                unflushed.Clear();
            }
        }
    }

    private async ValueTask<Data?> AnswerAsync(Interest interest, CancellationToken stop)
    {
        ulong sequence = 0;
        bool isNumber = interest.Name.Count == _settings.Prefix.Count + 1
            && interest.Name[^1].Type == TlvType.SequenceNumNameComponent
            && NonNegativeInteger.TryRead(interest.Name[^1].Value.Span, out sequence);
        if (!isNumber || !_objects.Contains((long)sequence))
        {
            return null;
        }

        byte[] sealedObject = await Node.Disk.ReadAsync(BlobOf((long)sequence));
        if (!TryOpen(sealedObject, out ReadOnlyMemory<byte> content))
        {
            return null;
        }

        ServedCount++;
        return Data.Create(
            new DataFields { Name = interest.Name, FreshnessPeriodMs = 1000, Content = content }, DigestSha256Signer.Instance);
    }

    /// <summary>What an object holds: the same in every life of the node, so that anybody can check it.</summary>
    private byte[] ContentOf(long sequence)
    {
        byte[] content = new byte[_settings.ObjectOctets];
        Node.Network.Random.For($"repository.{Node.Index}", sequence).Fill(content);
        return content;
    }

    private static byte[] Seal(byte[] content) => [.. SHA256.HashData(content), .. content];

    private static bool TryOpen(byte[] blob, out ReadOnlyMemory<byte> content)
    {
        content = blob.AsMemory(Math.Min(blob.Length, SHA256.HashSizeInBytes));
        return blob.Length >= SHA256.HashSizeInBytes
            && SHA256.HashData(content.Span).AsSpan().SequenceEqual(blob.AsSpan(0, SHA256.HashSizeInBytes));
    }
}
