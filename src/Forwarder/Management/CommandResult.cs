using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>What a command came to.</summary>
/// <param name="Code">Status code; 0 while the outcome is still to come.</param>
/// <param name="Text">A sentence for people.</param>
/// <param name="Body">The parameters in effect; null for none.</param>
internal readonly record struct CommandResult(int Code, string Text, ControlParameters? Body = null)
{
    /// <summary>The answer follows later.</summary>
    public static CommandResult Pending => default;

    public bool IsPending => Code == 0;

    public static CommandResult Ok(ControlParameters? body) => new(ManagementStatusCode.Ok, "OK", body);

    public static CommandResult BadParameters(string text = "failed in validating parameters") =>
        new(ManagementStatusCode.BadParameters, text);

    public static CommandResult NameTooLong(int depthMax) => new(
        ManagementStatusCode.NameTooLong, "the prefix has more than " + depthMax.ToString(Invariant) + " components");

    public ControlResponse ToResponse() =>
        new((ulong)Code, Text, Body is null ? default : Body.Encode());

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
