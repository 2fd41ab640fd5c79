using System.Text;

namespace Piccolo.Rice.Messages;

/// <summary>Why a call failed: a code for programs, a sentence for people, and the argument that is to blame if one is.</summary>
/// <param name="Code">What kind of failure.</param>
/// <param name="Message">A sentence.</param>
/// <param name="ArgumentName">The parameter whose argument is to blame; empty when none is.</param>
public sealed record CallError(CallErrorCode Code, string Message, string ArgumentName = "")
{
    /// <inheritdoc/>
    public override string ToString() =>
        ArgumentName.Length == 0 ? $"{Code}: {Message}" : $"{Code}: argument '{ArgumentName}': {Message}";

    internal void Write(MessageWriter writer)
    {
        int mark = writer.Begin(RiceTlv.CallError);
        if (ArgumentName.Length > 0)
        {
            writer.Text(RiceTlv.ParameterName, Cut(ArgumentName, CallLimits.ParameterNameOctetsMax));
        }

        writer.Number(RiceTlv.ErrorCode, (ulong)Code);
        writer.Text(RiceTlv.ErrorMessage, Cut(Message, CallLimits.MessageOctetsMax));
        writer.End(mark);
    }

    internal static CallError Read(ReadOnlySpan<byte> value, ref MessageReader parent)
    {
        var reader = new MessageReader(value);
        string argument = reader.TakeText(RiceTlv.ParameterName, CallLimits.ParameterNameOctetsMax) ?? "";
        ulong code = reader.RequireNumber(RiceTlv.ErrorCode);
        string message = reader.TakeText(RiceTlv.ErrorMessage, CallLimits.MessageOctetsMax) ?? "";
        if (reader.Status == Ndn.Tlv.TlvStatus.Ok && code is 0 or >= (ulong)CallErrorCode.NoRoute)
        {
            reader.Fail(Ndn.Tlv.TlvStatus.BadNumber);
        }

        if (reader.Finish() != Ndn.Tlv.TlvStatus.Ok)
        {
            parent.Fail(reader.Status);
        }

        return new CallError((CallErrorCode)Math.Min(code, (ulong)CallErrorCode.Abandoned), message, argument);
    }

    /// <summary>Cuts a text to a number of UTF-8 octets without splitting a character.</summary>
    internal static string Cut(string text, int octetsMax)
    {
        if (Encoding.UTF8.GetByteCount(text) <= octetsMax)
        {
            return text;
        }

        int octets = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            octets += rune.Utf8SequenceLength;
            if (octets > octetsMax)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
