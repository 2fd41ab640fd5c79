using Piccolo.Sim.Scenarios.Kinds;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios;

/// <summary>All kinds of applications that scenarios can name: one file each in <c>Scenarios/Kinds</c>, and a line here.</summary>
public static class ApplicationKinds
{
    /// <summary>The kinds, in the order that documents list them.</summary>
    public static IReadOnlyList<ApplicationKind> All { get; } =
    [
        ConsumerKind.Create(),
        ProducerKind.Create(),
        FunctionHostKind.Create(),
        FunctionClientKind.Create(),
        RepositoryKind.Create(),
        InterestFlooderKind.Create(),
        CachePolluterKind.Create(),
        OwnClassKind.Create(),
    ];

    /// <summary>Makes a shape with the keys that every application has, and those of its kind.</summary>
    /// <param name="name">The kind.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="keys">Its own keys.</param>
    public static ObjectShape Shape(string name, string summary, params IReadOnlyList<KeyShape> keys) => new(
        name,
        summary,
        [
            new("kind", ValueShape.Choice(name), "Which kind of application this is.", IsRequired: true),
            new("on", ValueShape.Texts, "The nodes that run it: names, or patterns with * and ?.", IsRequired: true),
            new("as", ValueShape.Text, "What metrics call it; the kind's name if absent."),
            new("start", ValueShape.Duration, "When it starts; at once if absent."),
            new("stop", ValueShape.Duration, "When it stops; at the end if absent."),
            .. keys,
        ]);
}
