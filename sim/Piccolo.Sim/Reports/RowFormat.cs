namespace Piccolo.Sim.Reports;

/// <summary>How rows become text.</summary>
public enum RowFormat : byte
{
    /// <summary>Commas, texts quoted where they must be.</summary>
    /// <remarks>Source: RFC 4180, with LF at the end of a line, as the tools on Unix write it.</remarks>
    Csv,

    /// <summary>Tabs and no quotes, as ndnSIM writes; a tab or line end inside a text becomes a space.</summary>
    Tsv,
}
