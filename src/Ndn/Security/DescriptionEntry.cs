namespace Piccolo.Ndn.Security;

/// <summary>One remark about the subject of a certificate, such as an organisation or a role.</summary>
/// <param name="Key">What the remark is about; UTF-8 on the wire, not empty.</param>
/// <param name="Value">The remark; UTF-8 on the wire, not empty.</param>
public sealed record DescriptionEntry(string Key, string Value);
