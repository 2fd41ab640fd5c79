namespace Piccolo.Sim.Reports;

/// <summary>Where the legend of a figure stands.</summary>
public enum LegendPlace : byte
{
    /// <summary>Outside, on the right: it never covers a point.</summary>
    Right,

    /// <summary>Outside, below: for few series and a wide plot.</summary>
    Below,

    /// <summary>Inside, in the upper left corner.</summary>
    TopLeft,

    /// <summary>Inside, in the upper right corner.</summary>
    TopRight,

    /// <summary>Inside, in the lower right corner; a CDF leaves it free.</summary>
    BottomRight,

    /// <summary>No legend.</summary>
    None,
}
