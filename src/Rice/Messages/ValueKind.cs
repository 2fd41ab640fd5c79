namespace Piccolo.Rice.Messages;

/// <summary>The kinds of values that a function can declare for a parameter or a result.</summary>
public enum ValueKind
{
    /// <summary>Whatever is sent.</summary>
    Any = 0,

    /// <summary>true or false.</summary>
    Bool = 1,

    /// <summary>An integer from -2^63 to 2^64 - 1.</summary>
    Int = 2,

    /// <summary>A floating-point number; an integer is accepted for one.</summary>
    Float = 3,

    /// <summary>UTF-8 text.</summary>
    Text = 4,

    /// <summary>Octets.</summary>
    Bytes = 5,

    /// <summary>A list of values.</summary>
    Array = 6,

    /// <summary>Values by text keys.</summary>
    Map = 7,
}
