using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Naming;

namespace Piccolo.Client.Tests;

/// <summary>A consumer, a producer with a store, a wire between them that misbehaves by seed, and virtual time.</summary>
internal sealed class TwoEndedWire : IDisposable
{
    private readonly IRandomSource _faultRandom;
    private readonly WireFaults _faults;
    private readonly PriorityQueue<(bool ToProducer, byte[] Frame), (long At, ulong Order)> _frames = new();
    private ulong _order;

    public TwoEndedWire(ulong seed, WireFaults faults, ClientOptions? options = null)
    {
        _faults = faults;
        _faultRandom = new XoshiroRandomSource(seed);
        Consumer = new ClientCore(options ?? new ClientOptions(), Pool, new XoshiroRandomSource(seed + 1));
        Producer = new ClientCore(options ?? new ClientOptions(), Pool, new XoshiroRandomSource(seed + 2));
    }

    public FramePool Pool { get; } = new();

    public ClientCore Consumer { get; }

    public ClientCore Producer { get; }

    public SegmentStore Store { get; } = new(new SegmentStoreOptions());

    public Instant Now { get; private set; } = Instant.FromMilliseconds(1000);

    /// <summary>The producer hears nothing from here on.</summary>
    public bool IsProducerGone { get; set; }

    public int FramesToProducer { get; private set; }

    public Func<byte[], byte[]?>? OnFrameToConsumer { get; set; }

    public Action<ClientEvent>? OnConsumerEvent { get; set; }

    public void Serve(Name prefix) => Assert.NotEqual(0UL, Producer.Register(prefix));

    /// <summary>Runs until nothing is left to do, the condition holds, or the time is over.</summary>
    public void Run(Func<bool> isDone, TimeSpan limit)
    {
        Instant end = Now + limit;
        Drain();
        while (!isDone())
        {
            Instant next = Instant.Min(Consumer.NextTimeout, Producer.NextTimeout);
            if (_frames.TryPeek(out _, out (long At, ulong Order) first))
            {
                next = Instant.Min(next, new Instant(first.At));
            }

            if (next == Instant.Never || next > end)
            {
                return;
            }

            Now = Instant.Max(Now, next);
            while (_frames.TryPeek(out _, out (long At, ulong Order) due) && due.At <= Now.Nanoseconds)
            {
                Deliver(_frames.Dequeue());
                Drain();
            }

            Consumer.HandleTimeout(Now);
            Producer.HandleTimeout(Now);
            Drain();
        }
    }

    public void Drain()
    {
        while (Producer.TryTakeEvent(out ClientEvent request))
        {
            Store.HandleInterest(request.ReplyToken, request.Interest!, Now);
            while (Store.TryTakeAnswer(out StoreAnswer answer))
            {
                Producer.Reply(answer.ReplyToken, answer.Data.Span, Now);
            }
        }

        while (Consumer.TryTakeEvent(out ClientEvent answered))
        {
            OnConsumerEvent?.Invoke(answered);
        }

        Transmit(Consumer, toProducer: true);
        Transmit(Producer, toProducer: false);
    }

    public void Dispose()
    {
        Consumer.Dispose();
        Producer.Dispose();
    }

    private void Transmit(ClientCore from, bool toProducer)
    {
        while (from.TryTakeTransmit(out FrameLease? lease))
        {
            byte[] frame = lease.Span.ToArray();
            lease.Dispose();
            FramesToProducer += toProducer ? 1 : 0;
            uint copies = _faultRandom.NextBelow(1000) < _faults.Duplication ? 2u : 1u;
            for (uint i = 0; i < copies; i++)
            {
                if (_faultRandom.NextBelow(1000) < _faults.Loss)
                {
                    continue;
                }

                long delayMs = _faults.DelayMs;
                delayMs += _faultRandom.NextBelow(1000) < _faults.Reordering ? _faultRandom.NextBelow(50) : 0;
                Instant at = Now + TimeSpan.FromMilliseconds(delayMs);
                _frames.Enqueue((toProducer, frame), (at.Nanoseconds, _order++));
            }
        }
    }

    private void Deliver((bool ToProducer, byte[] Frame) frame)
    {
        if (frame.ToProducer)
        {
            if (!IsProducerGone)
            {
                Producer.HandleFrame(frame.Frame, Now);
            }

            return;
        }

        byte[]? seen = OnFrameToConsumer is null ? frame.Frame : OnFrameToConsumer(frame.Frame);
        if (seen is not null)
        {
            Consumer.HandleFrame(seen, Now);
        }
    }
}
