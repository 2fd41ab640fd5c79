using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

/// <summary>The parts of a name that asks a server for something; docs/wire/rice.md has the table.</summary>
internal readonly struct RequestName
{
    private RequestName(RequestKind kind, Name function, ulong codeVersion, int keyword)
    {
        Kind = kind;
        Function = function;
        CodeVersion = codeVersion;
        KeywordIndex = keyword;
    }

    public RequestKind Kind { get; }

    public Name Function { get; }

    public ulong CodeVersion { get; }

    /// <summary>Where the keyword component stands.</summary>
    public int KeywordIndex { get; }

    /// <summary>Reads a name from its end: the keyword is among the last four components.</summary>
    public static bool TryParse(Name name, out RequestName request)
    {
        for (int i = name.Count - 1; i >= 1 && i >= name.Count - 4; i--)
        {
            NameComponent component = name[i];
            if (component.Type != TlvType.KeywordNameComponent)
            {
                continue;
            }

            if (component == RiceNames.MetadataKeyword)
            {
                request = new RequestName(RequestKind.Metadata, name.Prefix(i), 0, i);
                return true;
            }

            NameComponent version = name[i - 1];
            if (i >= 2 && version.Type == TlvType.VersionNameComponent && version.TryGetNumber(out ulong codeVersion)
                && TryKind(component, name.Count - 1 - i, out RequestKind kind))
            {
                request = new RequestName(kind, name.Prefix(i - 1), codeVersion, i);
                return true;
            }
        }

        request = default;
        return false;
    }

    private static bool TryKind(NameComponent keyword, int componentsAfter, out RequestKind kind)
    {
        kind = keyword == RiceNames.CallKeyword ? RequestKind.Call
            : keyword == RiceNames.ThunkKeyword ? RequestKind.Thunk : RequestKind.Segment;
        return kind switch
        {
            RequestKind.Call => componentsAfter is 1 or 2,
            RequestKind.Thunk => componentsAfter is 1 or 2,
            _ => keyword == RiceNames.ResultKeyword && componentsAfter == 3,
        };
    }
}
