using System.Text;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Rice.Messages;

/// <summary>Takes the elements of one message in ascending order of their numbers and remembers the first thing that is wrong.</summary>
internal ref struct MessageReader
{
    private TlvReader _reader;
    private TlvElement _next;
    private bool _hasNext;

    public MessageReader(ReadOnlySpan<byte> value)
    {
        _reader = new TlvReader(value);
        Status = TlvStatus.Ok;
        Advance();
    }

    /// <summary>The first fault; <see cref="TlvStatus.Ok"/> while there is none.</summary>
    public TlvStatus Status { get; private set; }

    /// <summary>Opens a message that must be exactly one element of a type.</summary>
    public static MessageReader Open(ReadOnlySpan<byte> message, uint type)
    {
        var outer = new MessageReader(message);
        if (!outer.TryTake(type, out ReadOnlySpan<byte> value))
        {
            outer.Fail(TlvStatus.MissingElement);
        }

        var inner = new MessageReader(value);
        TlvStatus status = outer.Finish();
        if (status != TlvStatus.Ok)
        {
            inner.Fail(status);
        }

        return inner;
    }

    /// <summary>Takes the next element when it is of this type, after skipping ignorable ones with smaller numbers.</summary>
    public bool TryTake(uint type, out ReadOnlySpan<byte> value)
    {
        while (_hasNext && _next.Type < type && !CriticalRule.IsCritical(_next.Type))
        {
            Advance();
        }

        if (Status != TlvStatus.Ok || !_hasNext || _next.Type != type)
        {
            value = default;
            return false;
        }

        value = _next.Value;
        Advance();
        return true;
    }

    public ReadOnlySpan<byte> Require(uint type)
    {
        if (!TryTake(type, out ReadOnlySpan<byte> value))
        {
            Fail(TlvStatus.MissingElement);
        }

        return value;
    }

    public ReadOnlySpan<byte> RequireOctets(uint type, int length)
    {
        ReadOnlySpan<byte> value = Require(type);
        if (Status == TlvStatus.Ok && value.Length != length)
        {
            Fail(TlvStatus.BadLength);
        }

        return value;
    }

    public ulong RequireNumber(uint type) => Number(Require(type));

    public ulong? TakeNumber(uint type) => TryTake(type, out ReadOnlySpan<byte> value) ? Number(value) : null;

    public string? TakeText(uint type, int octetsMax)
    {
        if (!TryTake(type, out ReadOnlySpan<byte> value))
        {
            return null;
        }

        if (value.Length > octetsMax)
        {
            Fail(TlvStatus.TooLarge);
            return null;
        }

        return Encoding.UTF8.GetString(value);
    }

    /// <summary>Takes a Name element.</summary>
    public Name RequireName()
    {
        ReadOnlySpan<byte> value = Require(TlvType.Name);
        if (Status == TlvStatus.Ok)
        {
            TlvStatus status = Name.TryFromValue(value, out Name? name);
            if (status == TlvStatus.Ok && name is not null)
            {
                return name;
            }

            Fail(status == TlvStatus.Ok ? TlvStatus.BadName : status);
        }

        return Name.Root;
    }

    /// <summary>The verdict once everything known was taken: what is left must be ignorable.</summary>
    public TlvStatus Finish()
    {
        while (Status == TlvStatus.Ok && _hasNext)
        {
            if (CriticalRule.IsCritical(_next.Type))
            {
                Fail(TlvStatus.UnknownCritical);
            }
            else
            {
                Advance();
            }
        }

        return Status;
    }

    public void Fail(TlvStatus status)
    {
        if (Status == TlvStatus.Ok)
        {
            Status = status;
        }

        _hasNext = false;
    }

    private ulong Number(ReadOnlySpan<byte> value)
    {
        if (Status != TlvStatus.Ok)
        {
            return 0;
        }

        if (!NonNegativeInteger.TryRead(value, out ulong number))
        {
            Fail(TlvStatus.BadNumber);
        }

        return number;
    }

    private void Advance()
    {
        _hasNext = false;
        if (Status == TlvStatus.Ok && !_reader.IsAtEnd)
        {
            TlvStatus status = _reader.TryRead(out _next);
            if (status == TlvStatus.Ok)
            {
                _hasNext = true;
            }
            else
            {
                Fail(status);
            }
        }
    }
}
