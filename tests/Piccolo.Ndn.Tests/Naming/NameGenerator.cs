using FsCheck;
using FsCheck.Fluent;
using Piccolo.Ndn.Naming;

namespace Piccolo.Ndn.Tests.Naming;

/// <summary>Names of all shapes: every kind of component, empty ones, long ones, and near misses of each other.</summary>
internal static class NameGenerator
{
    internal static Gen<NameComponent> Components { get; } = Gen.OneOf(
        from type in Gen.Elements<ushort>(3, 8, 9, 32, 50, 54, 252, 253, 255, 256, 65535)
        from value in Gen.OneOf(Properties.Octets(4), Properties.Octets(300), Gen.Elements(".", "..", "...", "", "=").Select(Ascii))
        select new NameComponent(type, value),
        from type in Gen.Elements<ushort>(1, 2)
        from value in Properties.OctetsOf(32)
        select new NameComponent(type, value),
        from number in Gen.Choose(0, int.MaxValue)
        from shift in Gen.Choose(0, 32)
        select NameComponent.Segment((ulong)number << shift));

    internal static Gen<Name> Names { get; } =
        from count in Gen.Choose(0, 8)
        from components in Gen.ArrayOf(Components, count)
        select Name.FromComponents(components);

    internal static Arbitrary<Name> ArbitraryNames { get; } = Arb.From(Names);

    /// <summary>Two names, related more often than chance has it.</summary>
    internal static Arbitrary<(Name Left, Name Right)> Pairs { get; } = Arb.From(Gen.OneOf(
        from left in Names
        from right in Names
        select (left, right),
        from name in Names
        from left in Gen.Choose(0, name.Count)
        from right in Gen.Choose(0, name.Count)
        select (name.Prefix(left), name.Prefix(right)),
        from name in Names
        from left in Components
        from right in Components
        select (name.Append(left), name.Append(right))));

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
