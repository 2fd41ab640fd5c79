using System.Reflection;
using System.Text.Json;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Applications that a scenario's author wrote: a class of an assembly of theirs.</summary>
/// <remarks>The assembly's code runs with all rights of who runs the simulator: load only what you would start yourself.</remarks>
internal static class OwnClassKind
{
    public static ApplicationKind Create() => new(
        "class",
        ApplicationKinds.Shape(
            "class",
            "Runs a class of your own that derives from SimApplication or AsyncApplication.",
            [
                new("class", ValueShape.Text, "Assembly and type: MyApps.dll!My.Namespace.MyApplication.", IsRequired: true),
                new("settings", ValueShape.Any, "Handed to a constructor that takes a JsonElement, where the class has one."),
                new("serves", ValueShape.Texts,
                    "Prefixes that it answers: automatic routes lead to it. {node} stands for the node's name."),
                new("asks", ValueShape.Texts, "Prefixes that it asks for: each must have a producer within reach."),
            ]),
        Read,
        []);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        Type type = Load(source["class"], source.Folder);
        JsonElement settings = source.Has("settings") ? source["settings"].Json : default;
        ConstructorInfo? withSettings = type.GetConstructor([typeof(JsonElement)]);
        ConstructorInfo? plain = type.GetConstructor([]);
        ConstructorInfo constructor = (source.Has("settings") ? withSettings : plain ?? withSettings) ?? throw source.Error(
            "class",
            $"{type.FullName} has no public constructor {(source.Has("settings") ? "that takes a JsonElement" : "without parameters")}");
        object[] arguments = constructor == withSettings ? [settings] : [];
        IReadOnlyList<string> serves = source.Texts("serves");
        IReadOnlyList<string> asks = source.Texts("asks");
        return new ApplicationPlan
        {
            Label = type.Name,
            Make = _ => (SimApplication)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null),
            Serves = node => [.. serves.Select(text => Expand(source, "serves", text, node))],
            Asks = node => [.. asks.Select(text => Expand(source, "asks", text, node))],
            Metrics = MetricsOf(type),
        };
    }

    private static Piccolo.Ndn.Naming.Name Expand(ScenarioObject source, string key, string text, string node) =>
        source[key].Parse(text.Replace("{node}", ConsumerKind.NodeComponent(node), StringComparison.Ordinal));

    private static Type Load(ScenarioValue value, string folder)
    {
        string text = value.Text();
        int mark = text.IndexOf('!', StringComparison.Ordinal);
        if (mark <= 0 || mark == text.Length - 1)
        {
            throw value.Error($"'{Quote.Clip(text)}' names no class; write ASSEMBLY.dll!NAMESPACE.TYPE");
        }

        string path = text[..mark];
        string full = Path.GetFullPath(Path.IsPathRooted(path) ? path : Path.Combine(folder, path));
        if (!File.Exists(full))
        {
            throw value.Error($"there is no assembly '{Quote.Clip(path)}', looked for as {full}");
        }

        try
        {
            Assembly assembly = Assembly.LoadFrom(full);
            string typeName = text[(mark + 1)..];
            Type? type = assembly.GetType(typeName);
            if (type is null)
            {
                IEnumerable<string> known = assembly.GetExportedTypes().Where(IsApplication).Select(one => one.FullName!);
                throw value.Error(
                    $"{path} has no class '{Quote.Clip(typeName)}'{NearWord.Suggest(typeName, known)}");
            }

            return IsApplication(type) ? type : throw value.Error($"{type.FullName} does not derive from SimApplication, or is abstract");
        }
        catch (Exception error) when (error is BadImageFormatException or IOException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new ScenarioException(value.Error($"{path} cannot be loaded: {error.Message}").Message, error);
        }
    }

    private static bool IsApplication(Type type) => type.IsSubclassOf(typeof(SimApplication)) && !type.IsAbstract;

    /// <summary>Public counts of the class: properties of type long, int or double, in the order of their names, camel case.</summary>
    private static ApplicationMetric[] MetricsOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.PropertyType == typeof(long) || property.PropertyType == typeof(int)
                || property.PropertyType == typeof(double))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => new ApplicationMetric(
                JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                application => type.IsInstanceOfType(application)
                    ? Convert.ToDouble(property.GetValue(application), System.Globalization.CultureInfo.InvariantCulture)
                    : 0,
                $"{type.Name}.{property.Name}")),
    ];
}
