namespace Piccolo.Forwarder;

/// <summary>Why a frame or packet went no further; each has a counter.</summary>
public enum DropReason : byte
{
    /// <summary>The face does not exist (any more).</summary>
    UnknownFace,

    /// <summary>The frame is no NDNLPv2 packet, or breaks a rule of its fields.</summary>
    MalformedFrame,

    /// <summary>The Interest, Data or Nack inside does not decode.</summary>
    MalformedPacket,

    /// <summary>An Interest arrived with HopLimit 0.</summary>
    HopLimitZero,

    /// <summary>An Interest whose HopLimit has run out was to leave the host.</summary>
    HopLimitExhausted,

    /// <summary>A <c>/localhost</c> packet came from, or was to go to, another host.</summary>
    ScopeViolation,

    /// <summary>An Interest came back on a link where a Nack is not allowed.</summary>
    LoopOnSharedLink,

    /// <summary>The PIT has no room for another entry or its octets.</summary>
    PitFull,

    /// <summary>The PIT has no room for another record.</summary>
    PitRecordsFull,

    /// <summary>Data that nobody waits for.</summary>
    UnsolicitedData,

    /// <summary>A Nack that answers nothing that is pending.</summary>
    UnmatchedNack,

    /// <summary>A Nack came on, or was to go to, a link with several peers.</summary>
    NackOnSharedLink,

    /// <summary>The queue of frames to transmit is full: the host did not drain it.</summary>
    TransmitQueueFull,

    /// <summary>The queue of packets for management is full.</summary>
    InternalQueueFull,

    /// <summary>The queue of events is full: the host did not drain it.</summary>
    EventQueueFull,

    /// <summary>Link reliability gave up on an Interest.</summary>
    LinkGaveUp,
}
