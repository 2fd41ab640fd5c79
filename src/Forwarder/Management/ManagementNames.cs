using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Management;

/// <summary>The names of NFD's management protocol.</summary>
internal static class ManagementNames
{
    public const string Faces = "faces";
    public const string Fib = "fib";
    public const string Rib = "rib";
    public const string Cs = "cs";
    public const string StrategyChoice = "strategy-choice";
    public const string Status = "status";

    /// <summary>Components of <c>/localhost/nfd</c>.</summary>
    public const int PrefixCount = 2;

    /// <summary>Index of the module in a name.</summary>
    public const int ModuleIndex = 2;

    /// <summary>Index of the verb or dataset in a name.</summary>
    public const int VerbIndex = 3;

    /// <summary>Index of a command's parameters or a dataset's filter.</summary>
    public const int ArgumentIndex = 4;

    public static Name Localhost { get; } = Name.Parse("/localhost/nfd");

    public static Name Localhop { get; } = Name.Parse("/localhop/nfd");

    public static Name FaceEvents { get; } = Name.Parse("/localhost/nfd/faces/events");
}
