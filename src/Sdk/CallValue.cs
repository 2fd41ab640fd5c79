namespace Piccolo.Sdk;

/// <summary>An argument of a call: a value that can travel, by position or by name.</summary>
/// <param name="Name">The parameter; null when the argument goes by position.</param>
/// <param name="Value">Null, bool, a number, text, octets, a list, a map, or a record of these.</param>
public readonly record struct CallValue(string? Name, object? Value);
