using System.Buffers;
using System.Globalization;
using System.Text;

namespace Piccolo.Samples;

/// <summary>Lines, words and bytes of a text, counted as GNU <c>wc</c> counts them in a UTF-8 locale.</summary>
/// <param name="Lines">Line feeds.</param>
/// <param name="Words">Runs of printable characters between white space; other characters neither begin nor end one.</param>
/// <param name="Bytes">Octets.</param>
/// <remarks>Source: behaviour of wc of GNU coreutils 9.1, checked character by character against glibc's tables.</remarks>
public readonly record struct WordCounts(long Lines, long Words, long Bytes)
{
    /// <summary>Counts a text; octets that are not UTF-8 count as bytes and nothing else.</summary>
    public static WordCounts Of(ReadOnlySpan<byte> text)
    {
        long lines = 0;
        long words = 0;
        bool inWord = false;
        ReadOnlySpan<byte> rest = text;
        while (!rest.IsEmpty)
        {
            byte first = rest[0];
            int consumed = 1;
            CharacterKind kind;
            if (first < 0x80)
            {
                lines += first == (byte)'\n' ? 1 : 0;
                kind = KindOfAscii(first);
            }
            else if (Rune.DecodeFromUtf8(rest, out Rune rune, out int octets) == OperationStatus.Done)
            {
                consumed = octets;
                kind = KindOf(rune);
            }
            else
            {
                kind = CharacterKind.Neither;
            }

            if (kind == CharacterKind.Separator)
            {
                inWord = false;
            }
            else if (kind == CharacterKind.Printable)
            {
                words += inWord ? 0 : 1;
                inWord = true;
            }

            rest = rest[consumed..];
        }

        return new WordCounts(lines, words, text.Length);
    }

    private static CharacterKind KindOfAscii(byte octet) => octet switch
    {
        (byte)' ' or (>= 0x09 and <= 0x0D) => CharacterKind.Separator,
        < 0x20 or 0x7F => CharacterKind.Neither,
        _ => CharacterKind.Printable,
    };

    private static CharacterKind KindOf(Rune rune)
    {
        bool isSpace = rune.Value is 0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x2060 or 0x3000;
        if (isSpace)
        {
            return CharacterKind.Separator;
        }

        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        bool isPrintable = category is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        return isPrintable ? CharacterKind.Printable : CharacterKind.Neither;
    }

    private enum CharacterKind
    {
        Neither,
        Printable,
        Separator,
    }
}
